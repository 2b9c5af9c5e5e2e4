"""The API's own description, read for people: from the OpenAPI document to what the page shows."""
