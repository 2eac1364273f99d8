"""What a class gets: the engine, all topics and one README."""
