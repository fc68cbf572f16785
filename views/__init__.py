"""The dashboard's pages: one file a page, each reads the filters, calls the analysis and draws. No arithmetic."""
