"""The desk: what runs on the workstation beside WhatsApp Web."""
