"""Write many statements at once."""
