//! Windows events in every text form: XML, CSV, lists, tables, text copied from Event Viewer.
