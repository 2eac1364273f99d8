"""A course's folders: what an assignment holds, and how the student's part is made from the solution."""
