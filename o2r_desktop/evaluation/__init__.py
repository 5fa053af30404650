"""What is judged and how: grille, computed constats, answers, score, avis. Pure but for reading a grille."""
