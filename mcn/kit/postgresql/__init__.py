"""The database engine of the settings where the database is PostgreSQL."""
