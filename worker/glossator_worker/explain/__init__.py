"""Methods that say what a network looks at: torch in, torch out, without the service."""
