"""What the answers to a survey show: counts, figures, sentences, drawings, and the printed evaluation."""
