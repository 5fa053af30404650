"""The tab «Analyse» of a dossier and its six faces."""
