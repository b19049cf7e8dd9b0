//! The collections of IIS sections and their keys: what must not occur twice (0x800700b7).
//!
//! Source: IIS_schema.xml of IIS 10 (lextm/iis_schema) for the sections of IIS, aspnetcore_schema_v2.xml for the
//! module's. Collections that define no key are compared by all attributes of their entries `[K]`.

/// A collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CollectionSchema {
    /// The path of the element that holds it.
    pub path: &'static str,
    /// The name of the element that adds an entry.
    pub add: &'static str,
    /// The attributes that make up an entry's key.
    pub key: &'static [Key],
}

/// An attribute of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The attribute.
    pub attribute: &'static str,
    /// Its value where it is not given.
    pub default: Option<&'static str>,
    /// Upper and lower case differ.
    pub case_sensitive: bool,
}

const fn insensitive(attribute: &'static str) -> Key {
    Key { attribute, default: None, case_sensitive: false }
}

const fn sensitive(attribute: &'static str) -> Key {
    Key { attribute, default: None, case_sensitive: true }
}

const fn defaulted(attribute: &'static str, default: &'static str) -> Key {
    Key { attribute, default: Some(default), case_sensitive: false }
}

const fn collection(path: &'static str, add: &'static str, key: &'static [Key]) -> CollectionSchema {
    CollectionSchema { path, add, key }
}

const NAME: &[Key] = &[insensitive("name")];
const SENSITIVE_NAME: &[Key] = &[sensitive("name")];
const VALUE: &[Key] = &[insensitive("value")];
const NAME_AND_VALUE: &[Key] = &[insensitive("name"), insensitive("value")];
const MIME_TYPE: &[Key] = &[insensitive("mimeType")];
const FILE_EXTENSION: &[Key] = &[insensitive("fileExtension")];

/// The collections of the sections used in web.config.
pub const COLLECTIONS: &[CollectionSchema] = &[
    collection("system.webServer/applicationInitialization", "add", &[insensitive("initializationPage")]),
    collection("system.webServer/aspNetCore/environmentVariables", "environmentVariable", NAME_AND_VALUE),
    collection("system.webServer/aspNetCore/handlerSettings", "handlerSetting", NAME_AND_VALUE),
    collection("system.webServer/aspNetCore/recycleOnFileChange", "file", &[insensitive("path")]),
    collection("system.webServer/caching/profiles", "add", &[insensitive("extension")]),
    collection("system.webServer/defaultDocument/files", "add", VALUE),
    collection("system.webServer/globalModules", "add", SENSITIVE_NAME),
    collection("system.webServer/handlers", "add", SENSITIVE_NAME),
    collection("system.webServer/httpCompression", "scheme", NAME),
    collection("system.webServer/httpCompression/dynamicTypes", "add", MIME_TYPE),
    collection("system.webServer/httpCompression/staticTypes", "add", MIME_TYPE),
    collection(
        "system.webServer/httpErrors",
        "error",
        &[insensitive("statusCode"), defaulted("subStatusCode", "-1")],
    ),
    collection("system.webServer/httpProtocol/customHeaders", "add", NAME),
    collection("system.webServer/httpProtocol/redirectHeaders", "add", NAME),
    collection("system.webServer/httpRedirect", "add", &[insensitive("wildcard")]),
    collection("system.webServer/httpTracing/traceUrls", "add", VALUE),
    collection("system.webServer/isapiFilters", "filter", SENSITIVE_NAME),
    collection("system.webServer/modules", "add", SENSITIVE_NAME),
    collection("system.webServer/rewrite/outboundRules", "rule", NAME),
    collection("system.webServer/rewrite/rewriteMaps", "rewriteMap", NAME),
    collection("system.webServer/rewrite/rules", "rule", NAME),
    collection("system.webServer/security/authentication/windowsAuthentication/providers", "add", VALUE),
    collection(
        "system.webServer/security/authorization",
        "add",
        &[
            defaulted("users", ""),
            defaulted("roles", ""),
            Key { attribute: "verbs", default: Some(""), case_sensitive: true },
        ],
    ),
    collection(
        "system.webServer/security/ipSecurity",
        "add",
        &[
            defaulted("ipAddress", ""),
            defaulted("subnetMask", "255.255.255.255"),
            defaulted("domainName", ""),
        ],
    ),
    collection("system.webServer/security/isapiCgiRestriction", "add", &[insensitive("path")]),
    collection(
        "system.webServer/security/requestFiltering/alwaysAllowedQueryStrings",
        "add",
        &[insensitive("queryString")],
    ),
    collection("system.webServer/security/requestFiltering/alwaysAllowedUrls", "add", &[insensitive("url")]),
    collection(
        "system.webServer/security/requestFiltering/denyQueryStringSequences",
        "add",
        &[insensitive("sequence")],
    ),
    collection(
        "system.webServer/security/requestFiltering/denyUrlSequences",
        "add",
        &[insensitive("sequence")],
    ),
    collection("system.webServer/security/requestFiltering/fileExtensions", "add", FILE_EXTENSION),
    collection("system.webServer/security/requestFiltering/filteringRules", "filteringRule", NAME),
    collection("system.webServer/security/requestFiltering/hiddenSegments", "add", &[insensitive("segment")]),
    collection(
        "system.webServer/security/requestFiltering/requestLimits/headerLimits",
        "add",
        &[insensitive("header")],
    ),
    collection("system.webServer/security/requestFiltering/verbs", "add", &[sensitive("verb")]),
    collection("system.webServer/staticContent", "mimeMap", FILE_EXTENSION),
    collection("system.webServer/tracing/traceFailedRequests", "add", &[insensitive("path")]),
];

/// File extensions of web apps for which IIS 10 already has a `<mimeMap>`: adding one again in web.config, without
/// removing it first, is a duplicate. (Older versions have fewer: `.json` and `.woff` came with IIS 8 and 8.5 `[K]`.)
pub(crate) const DEFAULT_MIME_MAPS: &[&str] = &[
    ".appcache",
    ".css",
    ".csv",
    ".eot",
    ".gif",
    ".glb",
    ".html",
    ".ico",
    ".jpg",
    ".js",
    ".json",
    ".jsonld",
    ".map",
    ".mp3",
    ".mp4",
    ".oga",
    ".ogg",
    ".ogv",
    ".otf",
    ".pdf",
    ".png",
    ".svg",
    ".svgz",
    ".ts",
    ".ttf",
    ".txt",
    ".wasm",
    ".webm",
    ".woff",
    ".woff2",
    ".xml",
];

/// The collection that the element with that path holds.
pub fn collection_at(path: &str) -> Option<&'static CollectionSchema> {
    COLLECTIONS.iter().find(|collection| collection.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::sections::SECTIONS;

    #[test]
    fn every_collection_lies_in_a_known_section() {
        for collection in COLLECTIONS {
            let known = SECTIONS.iter().any(|section| {
                collection.path == section.path || collection.path.starts_with(&format!("{}/", section.path))
            });
            assert!(known, "{}", collection.path);
        }
    }
}
