"""The store: every Redis key and script of Wirewatch lives here, behind typed doors, and nowhere else.

    keys.py         how every key is spelled
    connection.py   connecting, and asking a store whether it keeps its promise
    embedded.py     the Valkey server of a single machine
    scripts/        the atomic steps, in Lua
    owners.py       which crawler owns which partitions
    sources.py      what is watched, and what was learned of it
    polls.py        door A: a poll is recorded
    frontier.py     entries whose pages are to be fetched
    handover.py     door B: pages are handed over
    stories.py      door C: a batch is decided
    notices.py      changes of sources' flags, told to the operator
    deliveries.py   door D: a delivery ends
    queues.py       the RQ queues that carry what the store remembers
    sweep.py        what waited too long is enqueued again
    figures.py      counts for people

It is written for one Redis or Valkey server (or a Sentinel group): some scripts reach keys that they
learn on the way, which a Redis Cluster would refuse.
"""
