"""Tables of cells from delimited text and workbooks: raw text as stored, every cell with its place, nothing inferred."""
