"""Files of agreement: namings and judgements in, figures out (docs/agreement.md)."""
