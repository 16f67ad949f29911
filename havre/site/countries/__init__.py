"""What each room knows of a country, on one page; and the lawful ways to work there (issue: prevent and know)."""
