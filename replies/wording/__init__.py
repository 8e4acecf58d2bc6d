"""The words of every answer, a file a language: the one place where a finding, which is data, becomes a sentence."""
