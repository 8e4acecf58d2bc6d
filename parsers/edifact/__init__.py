"""UN/EDIFACT (ISO 9735), read on bytes: every byte is in a segment, is known padding, or is in a finding."""
