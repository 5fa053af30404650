"""The dossier: its form in the centre, one critere at the right, the outline at the left."""
