//! Where sites listen.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Sink;
use crate::facts::definitions::{self as d};
use crate::{Binding, HostConfig, Site};

pub(super) fn find(sink: &mut Sink<'_>, host: &HostConfig) {
    let sites = host.sites();
    clashes(sink, &sites);
    for site in &sites {
        if sink.is_full() {
            return;
        }
        if site.bindings.is_empty() && sink.config.is_complete() {
            let message = format!("the site {} has no binding", site.name);
            sink.add(&d::SITE_WITHOUT_BINDING, site.node.element().tag, &[("site", site.name)], message);
        }
        let mut seen = BTreeSet::new();
        for binding in &site.bindings {
            let shown = shown(binding);
            if !seen.insert(shown.to_ascii_lowercase()) && sink.config.is_complete() {
                let message = format!("the site {} has the binding {shown} twice", site.name);
                sink.add(&d::BINDING_DUPLICATE, binding.span, &fields(site, &shown), message);
            }
            web_binding(sink, site, binding, &shown);
        }
    }
}

fn shown(binding: &Binding<'_>) -> String {
    format!("{} {}", binding.protocol, binding.information)
}

fn fields<'a>(site: &Site<'a>, binding: &'a str) -> [(&'static str, &'a str); 2] {
    [("site", site.name), ("binding", binding)]
}

/// `sslFlags`: the certificate is chosen by host name (`Sni`), it comes from the central store
/// (`CentralCertStore`); IIS_schema.xml.
const SNI: u32 = 1;
const CENTRAL_STORE: u32 = 2;

fn web_binding(sink: &mut Sink<'_>, site: &Site<'_>, binding: &Binding<'_>, shown: &str) {
    let https = binding.protocol.eq_ignore_ascii_case("https");
    if !https && !binding.protocol.eq_ignore_ascii_case("http") {
        return;
    }
    let endpoint = binding.endpoint().filter(|(_, port, _)| *port != 0);
    let Some((_, _, host)) = endpoint else {
        let message = format!("the binding {shown} of {} is not of the form address:port:host", site.name);
        return sink.add(&d::BINDING_MALFORMED, binding.span, &fields(site, shown), message);
    };
    if !https {
        return;
    }
    let central = binding.ssl_flags & CENTRAL_STORE != 0;
    let certificate = if central { "central-store" } else { "http-sys" };
    let message = format!("the site {} listens with TLS on {}", site.name, binding.information);
    let described = [("site", site.name), ("binding", shown), ("certificate", certificate)];
    sink.add(&d::HTTPS_BINDING, binding.span, &described, message);
    if binding.ssl_flags & SNI != 0 && host.is_empty() {
        let message =
            format!("the binding {shown} of {} chooses its certificate by host, and has none", site.name);
        sink.add(&d::SNI_WITHOUT_HOST, binding.span, &fields(site, shown), message);
    }
}

fn clashes(sink: &mut Sink<'_>, sites: &[Site<'_>]) {
    let mut bound: BTreeMap<String, &str> = BTreeMap::new();
    for (site, binding) in
        sites.iter().flat_map(|site| site.bindings.iter().map(move |binding| (site, binding)))
    {
        let shown = format!("{} {}", binding.protocol, binding.information);
        let first = *bound.entry(shown.to_ascii_lowercase()).or_insert(site.name);
        if first != site.name {
            let message = format!("the sites {first} and {} both listen on {shown}", site.name);
            let fields = [("binding", shown.as_str()), ("first_site", first), ("second_site", site.name)];
            sink.add(&d::BINDING_CLASH, site.node.element().tag, &fields, message);
        }
    }
}
