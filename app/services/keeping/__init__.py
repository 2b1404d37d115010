"""Keeping: how networks outlive the processes that train them, and the service itself.

`folders` (where data live, and whose they are), `schema` (the tables, as steps forward), `shelf` (records
in and out of the tables), `sqlite` (one thread that writes, many changes in one commit), `ledger`
(nothing is told before it is kept).
"""
