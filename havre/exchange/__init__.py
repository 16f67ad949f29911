"""What comes in and goes out: registers of other systems, later referrals between agencies."""
