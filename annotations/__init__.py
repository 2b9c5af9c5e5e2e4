"""AtOdds: who said what, on whose word, and where the accounts conflict.

Reading order of the packages, from the ground up: errors, spans, accounts, audit; studies, speakers,
corpus, codebook, workload, statements, claims, conflicts; exchange; permissions; api and web.
Each domain package holds `models.py` (rows and their QuerySets), `actions.py` (every write) and
modules of plain Python. Imports go one way only; `pyproject.toml` states the contract.
"""
