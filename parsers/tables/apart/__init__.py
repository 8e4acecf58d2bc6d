"""Programs that read a file in a process of their own, with the readers of others. They import nothing of ours."""
