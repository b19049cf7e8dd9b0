//! How large requests may be.

use super::Sink;
use super::asp_net_core::check_element;
use super::definitions::{self as d};
use crate::schema::{Value, element_at};

const PATH: &str = "system.webServer/security/requestFiltering/requestLimits";

/// What an app takes by default, in bytes: `MaxRequestBodySize` of Kestrel's limits and of `IISServerOptions`, and
/// IIS's own default for `maxAllowedContentLength`.
const APP_DEFAULT: u32 = 30_000_000;

pub(super) fn find(sink: &mut Sink<'_>) {
    let Some(schema) = element_at(PATH) else { return };
    for (_, node) in sink.config.elements(PATH) {
        if sink.is_full() {
            return;
        }
        check_element(sink, node, schema);
        let Some(attribute) = node.attribute("maxAllowedContentLength").filter(|attribute| !attribute.elided)
        else {
            continue;
        };
        let (span, given) = (attribute.value_span, attribute.value.as_str());
        sink.add(&d::REQUEST_LIMIT, span, &[("bytes", given)], format!("requests may have {given} bytes"));
        let kind = schema.attribute("maxAllowedContentLength").map(|known| known.kind);
        if let Some(Ok(Value::Uint(bytes))) = kind.map(|kind| kind.read(given)) {
            against_app(sink, span, bytes);
        }
    }
    classic(sink);
}

fn against_app(sink: &mut Sink<'_>, span: crate::Span, bytes: u32) {
    let (shown, app) = (bytes.to_string(), APP_DEFAULT.to_string());
    let fields = [("bytes", shown.as_str()), ("app_default", app.as_str())];
    if bytes > APP_DEFAULT {
        let message = format!(
            "IIS lets requests of {shown} bytes through; the app refuses more than {app} unless it raises its own limit"
        );
        sink.add(&d::LIMIT_ABOVE_APP, span, &fields, message);
    } else if bytes < APP_DEFAULT {
        let message = format!("IIS refuses requests of more than {shown} bytes, before the app sees them");
        sink.add(&d::LIMIT_BELOW_APP, span, &fields, message);
    }
}

/// The limit of classic ASP.NET, beside an app of ASP.NET Core.
fn classic(sink: &mut Sink<'_>) {
    if sink.config.asp_net_core().is_empty() {
        return;
    }
    for (_, node) in sink.config.elements("system.web/httpRuntime") {
        if let Some(attribute) = node.attribute("maxRequestLength").filter(|attribute| !attribute.elided) {
            let kilobytes = attribute.value.as_str();
            let message = format!("maxRequestLength=\"{kilobytes}\" has no effect on ASP.NET Core");
            sink.add(&d::CLASSIC_REQUEST_LIMIT, attribute.span, &[("kilobytes", kilobytes)], message);
        }
    }
}
