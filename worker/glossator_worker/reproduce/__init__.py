"""Commands that compute the figures of papers anew and write them into the documentation."""
