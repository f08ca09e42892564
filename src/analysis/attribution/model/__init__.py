"""Attribution by a trained network: pieces and windows in, scores decoded to spans."""
