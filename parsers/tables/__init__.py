"""Tables of cells from delimited text and workbooks: text as stored, each cell with its place, nothing inferred."""
