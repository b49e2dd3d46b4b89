"""The truth in Python: what Pillow and torchvision do to a photo, stage by stage. Everything here may import them."""
