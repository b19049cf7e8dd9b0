//! Whose events matter.

use falconer_evtx::Filter;

/// The providers whose events bear on hosting. Source: `events.md` of the module, Microsoft Learn on WAS, W3SVC.
const PROVIDERS: [&str; 18] = [
    "IIS AspNetCore Module*",
    "IIS Express AspNetCore Module*",
    "HttpPlatformHandler",
    ".NET Runtime",
    "Application Error",
    "Windows Error Reporting",
    "Microsoft-Windows-WAS",
    "WAS",
    "Microsoft-Windows-IIS-*",
    "IIS-*",
    "W3SVC*",
    "Microsoft-Windows-HttpEvent",
    "Microsoft-Windows-HttpService",
    "Windows Process Activation Service",
    "ASP.NET*",
    "Application Hang",
    "Schannel",
    "Service Control Manager",
];

/// The filter for binary logs.
pub(crate) fn filter() -> Filter {
    PROVIDERS.iter().fold(Filter::none(), |filter, provider| filter.provider(provider))
}

/// Whether an event of that provider matters; one without a provider may.
pub(crate) fn matters(provider: Option<&str>) -> bool {
    let Some(provider) = provider else {
        return true;
    };
    PROVIDERS.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => provider.get(..start.len()).is_some_and(|p| p.eq_ignore_ascii_case(start)),
        None => provider.eq_ignore_ascii_case(known),
    })
}
