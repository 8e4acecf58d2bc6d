"""Our own workbooks, issued, filled in as a buyer does, and sent back."""
