//! Pieces of configuration in other text.

use falconer_iis_config::{ConfigFact, FactKind, Form, HostingModel, Surroundings, WebConfig, findings};

fn troubles(text: &str) -> Vec<&'static str> {
    let mut ids: Vec<_> =
        facts(text).iter().filter(|fact| fact.kind != FactKind::State).map(|fact| fact.id).collect();
    ids.sort_unstable();
    ids
}

fn facts(text: &str) -> Vec<ConfigFact> {
    findings(&WebConfig::excerpt(text), Surroundings::default())
}

/// The attribute of the first `<aspNetCore>`, and the text its span covers.
fn attribute(text: &str, name: &str) -> Option<(String, String)> {
    let config = WebConfig::excerpt(text);
    let elements = config.asp_net_core();
    let attribute = elements.first()?.attribute(name)?;
    Some((attribute.value.clone(), attribute.value_span.of(text).to_owned()))
}

#[test]
fn an_element_pasted_into_prose_is_found_with_its_place() {
    let text = "Hello, my web.config says\n\n  <aspNetCore processPath=\"dotnet\" arguments=\".\\App.dll\" />\n\nwhy?";
    assert_eq!(attribute(text, "arguments"), Some((r".\App.dll".to_owned(), r".\App.dll".to_owned())));
    assert_eq!(facts(text).first().map(|fact| (fact.id, fact.at.line)), Some(("aspnetcore", 3)));
}

#[test]
fn html_escaped_elements_keep_the_places_of_the_text_as_it_is() {
    let text = "&nbsp;<pre>&lt;aspNetCore processPath=&quot;dotnet&quot; arguments=&quot;a &amp;amp; b.dll&quot; /&gt;</pre>";
    assert_eq!(attribute(text, "processPath"), Some(("dotnet".to_owned(), "dotnet".to_owned())));
    assert_eq!(attribute(text, "arguments"), Some(("a & b.dll".to_owned(), "a &amp;amp; b.dll".to_owned())));
}

#[test]
fn typographic_quotes_do_not_hide_a_value() {
    let text = "<aspNetCore processPath=“dotnet” arguments=„.\\App.dll“ hostingModel=‘inprocess’ />";
    assert_eq!(attribute(text, "processPath"), Some(("dotnet".to_owned(), "dotnet".to_owned())));
    assert_eq!(attribute(text, "arguments").map(|(value, _)| value), Some(r".\App.dll".to_owned()));
    assert_eq!(attribute(text, "hostingModel").map(|(value, _)| value), Some("inprocess".to_owned()));
}

#[test]
fn attributes_without_their_element_are_read_too() {
    for (text, name, value) in [
        ("hostingModel=\"inprocess\" (removing it cures the failure)", "hostingModel", "inprocess"),
        ("stdoutLogEnabled=\"true\", stdoutLogFile under .\\logs", "stdoutLogEnabled", "true"),
        ("we set requestTimeout = '00:10:00' there", "requestTimeout", "00:10:00"),
    ] {
        assert_eq!(attribute(text, name), Some((value.to_owned(), value.to_owned())), "{text}");
        assert_eq!(troubles(text), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(attribute("myhostingModel=\"a\" hostingModel is hostingModel=\n\"x", "hostingModel"), None);
    let other =
        "<httpPlatform processPath=\"..\\approot\\web.cmd\" stdoutLogEnabled=\"true\"></httpPlatform>";
    assert!(
        WebConfig::excerpt(other).asp_net_core().is_empty(),
        "attributes of another element are not loose"
    );
    let limit = facts("requestLimits maxAllowedContentLength=\"1073741824\"");
    let limit = limit.iter().find(|fact| fact.id == "request-limit").and_then(|fact| fact.field("bytes"));
    assert_eq!(limit, Some("1073741824"));
}

#[test]
fn several_pieces_make_one_configuration() {
    let text = "<handlers><add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" /></handlers>\nand\n\
                <aspNetCore processPath=\"dotnet\" arguments=\"DLL-PATH\">\n\
                <environmentVariable name=\"A\" value=\"b\" />\nand <requestLimits maxAllowedContentLength=\"1\" />";
    let config = WebConfig::excerpt(text);
    assert_eq!(config.form(), Form::Excerpt);
    assert_eq!(config.handlers().len(), 1);
    assert_eq!(config.asp_net_core().len(), 1, "the variable stands in the element that is not closed");
    assert_eq!(troubles(text), ["dotnet-argument-not-dll"]);
    assert_eq!(config.elements("system.webServer/security/requestFiltering/requestLimits").len(), 1);
}

#[test]
fn only_the_inside_of_an_element_may_be_quoted() {
    let text = "<environmentVariable name=\"ASPNETCORE_ENVIRONMENT\" value=\"Development\" />\n\
                <environmentVariable name=\"ASPNETCORE_ENVIRONMENT\" value=\"Production\" />";
    let config = WebConfig::excerpt(text);
    let elements = config.asp_net_core();
    let element = elements.first().map(|element| (element.implied, element.hosting_model()));
    assert_eq!(element, Some((true, HostingModel::NotShown)));
    assert_eq!(troubles(text), ["environment-variable-duplicate"]);
}

#[test]
fn a_handler_alone_is_a_handler() {
    let text = "<add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModule\" resourceType=\"Unspecified\" />";
    assert_eq!(WebConfig::excerpt(text).handlers().len(), 1);
    assert_eq!(troubles(text), ["v1-module-handler"]);
}

#[test]
fn a_whole_file_that_is_malformed_is_told_so_even_when_pasted() {
    let file =
        "<?xml version=\"1.0\"?><?xml version=\"1.0\"?><configuration><system.webServer /></configuration>";
    assert_eq!(WebConfig::excerpt(file).form(), Form::Malformed);
    let left_out = "<configuration>\n<system.webServer>\n...\n<aspNetCore processPath=\"dotnet\" ... />\n</configuration>";
    assert_eq!(WebConfig::excerpt(left_out).form(), Form::Excerpt);
    assert_eq!(troubles(left_out), Vec::<&str>::new());
}

#[test]
fn damage_beyond_doubt_is_told_of_an_excerpt() {
    let slash = "<system.net> <defaultProxy> <proxy proxyaddress=\"http://<proxy>:<port>\" bypassonlocal=\"true\" /> \
                 <bypasslist> <add address=\"<url>\" /> </bypasslist> </defaultProxy> <system.net>";
    assert_eq!(troubles(slash), ["malformed-xml"]);
    assert_eq!(troubles("<aspNetCore processPath=\"a.exe\" processPath=\"b.exe\" />"), ["malformed-xml"]);
}

#[test]
fn a_quotation_that_breaks_off_claims_nothing_about_the_rest() {
    for text in [
        "<configuration>\n  <system.webServer>\n    <handlers>\n      <add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" />\n    </handlers>\n",
        "<system.webServer>\n  <aspNetCore processPath=\"dotnet\" ...",
        "<aspNetCore processPath=\"dotnet\"",
    ] {
        assert_eq!(troubles(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn types_and_placeholders_in_prose_are_no_elements() {
    let text = "Task<int> failed at List<String>.Add <aspNetCore processPath=\"dotnet\" arguments=\"a.dll\"> <yourapp> <br> </b>";
    let config = WebConfig::excerpt(text);
    let names: Vec<&str> = config.tree().nodes().map(|node| node.name()).collect();
    assert_eq!(names, ["aspNetCore"]);
    assert!(WebConfig::excerpt("nothing <T> here").is_empty());
}

#[test]
fn a_misspelt_child_is_still_seen_in_an_excerpt() {
    let text = "<aspNetCore processPath=\"a.exe\"><enviromentVariables><environmentVariable name=\"A\" value=\"b\" /></enviromentVariables></aspNetCore>";
    assert_eq!(troubles(text), ["unknown-element"]);
}
