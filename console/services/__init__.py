"""What a person can do at the desk: each act is one unit of work that leaves ops in the outbox."""
