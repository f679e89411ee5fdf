"""What namings cover, how pure they are, and how far annotators agree: pure mathematics, no database."""
