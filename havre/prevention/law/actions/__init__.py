"""The only place that writes treaties, laws, scores and what is drafted."""

from .drafting import add_step, add_text, answer, comment, save_help, save_step
from .register import save_law, save_points, save_score, save_status

__all__ = [
    "add_step",
    "add_text",
    "answer",
    "comment",
    "save_help",
    "save_law",
    "save_points",
    "save_score",
    "save_status",
    "save_step",
]
