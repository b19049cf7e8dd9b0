//! Laws of repairs, for files of any trouble and any form.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

mod common;
#[path = "common/tree.rs"]
mod tree;

use std::collections::BTreeMap;
use std::ops::Range;

use common::{in_appsettings, in_bytes, in_runtimeconfig, in_sub_application, in_web_config};
use falconer_fix::{Change, Encoding, Fix, FixContext, Fixer, TextFile, apply_all, fix, fixable, repair};
use falconer_iis_config::{WebConfig, apply};
use falconer_observation::Fact;
use proptest::prelude::*;
use tree::{Item, items};

/// Attributes of `<aspNetCore>`, right and wrong ones.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("processPath", "dotnet"),
    ("processPath", r".\My App.dll"),
    ("processPath", r"C:\Users\me\App\bin\Debug\net8.0\App.exe"),
    ("processPath", "%LAUNCHER_PATH%"),
    ("processPath", " &quot;App.exe&quot;"),
    ("processpath", "App.exe"),
    ("arguments", r".\App.dll"),
    ("arguments", "&quot;C:\\Users\\me\\My App\\App.dll&quot; --x &amp; &#xA; y"),
    ("arguments", "dotnet dotnet .\\App"),
    ("arguments", "%LAUNCHER_ARGS% -argFile IISExeLauncherArgs.txt ü"),
    ("argumets", "--root &quot;C:\\x\\&quot;"),
    ("hostingModel", "In-Process"),
    ("hostingModel", "InProcess"),
    ("HostingModel", "outofproces"),
    ("stdoutLogEnabled", "yes"),
    ("stdoutLogEnabled", "true"),
    ("stdoutLogfile", r".\logs\"),
    ("stdoutLogFile", r"C:\Users\me\out"),
    ("requestTimeout", "00:60:00"),
    ("requestTimeout", "90"),
    ("requestTimeOut", "00:02:30"),
    ("startupTimeLimit", "99999"),
    ("startUpTimeLimit", "1"),
    ("shutdownTimeLimit", "0"),
    ("rapidFailsPerMinute", "0"),
    ("processesPerApplication", "3"),
    ("forwardWindowsAuthToken", "0"),
    ("xdt:Transform", "SetAttributes"),
];

const HANDLERS: &[&str] = &[
    r#"<add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" />"#,
    r#"<add name='aspNetCore' path='*' verb='*' modules='AspNetCoreModuleV2' resourceType='Unspecified'></add>"#,
    r#"<add name="aspNetCore" path="api/*" verb="GET" modules="AspNetCoreModule" resourceType="File" />"#,
    r#"<add name="a" path="*" modules="AspNetCoreModul, AspNetCoreModuleV2" />"#,
    r#"<add name="aspNetCore" path="*" verb="*" modules="Other" />"#,
    r#"<add name="b" path="*" verb="*" modules="aspnetcoremodulev2" resourceTyp="Unspecifed" />"#,
    r#"<remove name="aspNetCore" />"#,
    "<clear/>",
];

const VARIABLES: &[&str] = &[
    r#"<environmentVariable name="A" value="1" />"#,
    r#"<environmentVariable name="a" value="1"/>"#,
    r#"<environmentVariable value='2' name='A'></environmentVariable>"#,
    r#"<add name="B" value="&lt;" />"#,
    r#"<enviromentVariable name="C" value="" />"#,
    r#"<environmentVariable name=" D" value="x" />"#,
    r#"<environmentVariable name="ASPNETCORE_ENVIRONMENT" value="Development" />"#,
    r#"<environmentVariable name="ASPNETCORE_DETAILEDERRORS" value="true" />"#,
    r#"<environmentVariable name="ASPNETCORE_IIS_SITE_NAME" value="x" />"#,
    r#"<environmentVariable name="ASPNETCORE_PORT" value="80" />"#,
    "<clear />",
];

const SETTINGS: &[&str] = &[
    r#"<handlerSetting name="debugLevel" value="FILE" />"#,
    r#"<handlerSetting name="debuglevel" value="FILE" />"#,
    r#"<handlerSetting name="enableShadowCopi" value="yes" />"#,
    r#"<handlerSetting name="enableShadowCopy" value="yes" />"#,
    r#"<handlerSetting name="stackSize" value="1" />"#,
];

const OTHERS: &[&str] = &[
    r#"<staticContent><mimeMap fileExtension=".x" mimeType="a/b" /></staticContent>"#,
    r#"<staticContent><mimeMap fileExtension=".X" mimeType="a/c" /><mimeMap mimeType="m" fileExtension=".woff2" /></staticContent>"#,
    r#"<httpErrors><error statusCode="404" path="a" /><error statusCode="404" subStatusCode="-1" path="b" /></httpErrors>"#,
    r#"<rewrite><rules><rule name="r"><match url="a" /></rule><rule name="R"><match url="a" /></rule></rules></rewrite>"#,
    r#"<security><requestFiltering><requestLimits maxAllowedContentLenght="-1" /></requestFiltering></security>"#,
    r#"<handler><clear /></handler>"#,
];

/// How a file is written.
#[derive(Debug, Clone)]
struct Style {
    line_ends: Vec<bool>,
    unit: &'static str,
    /// Which lines have a comment behind them, and which break between attributes.
    comments: Vec<bool>,
    single_quotes: Vec<bool>,
}

fn style() -> impl Strategy<Value = Style> {
    let line_ends =
        prop_oneof![Just(vec![false]), Just(vec![true]), proptest::collection::vec(any::<bool>(), 1..7)];
    let unit = prop_oneof![Just("  "), Just("\t"), Just("    "), Just("")];
    let flags = || proptest::collection::vec(any::<bool>(), 1..9);
    (line_ends, unit, flags(), flags()).prop_map(|(line_ends, unit, comments, single_quotes)| Style {
        line_ends,
        unit,
        comments,
        single_quotes,
    })
}

struct Writer {
    out: String,
    style: Style,
    lines: usize,
    values: usize,
}

impl Writer {
    fn line(&mut self, depth: usize, text: &str) {
        let at = |flags: &[bool], index: usize| flags[index % flags.len()];
        if self.style.unit.is_empty() && depth > 1 {
            // Everything in one line.
            self.out.push_str(text);
        } else {
            self.out.push_str(&self.style.unit.repeat(depth));
            self.out.push_str(text);
            if at(&self.style.comments, self.lines) {
                self.out.push_str(" <!-- größer & <x y='z'> -->");
            }
            self.out.push_str(self.line_end());
        }
        self.lines += 1;
    }

    fn line_end(&self) -> &'static str {
        if self.style.line_ends[self.lines % self.style.line_ends.len()] { "\r\n" } else { "\n" }
    }

    fn element(&mut self, depth: usize, attributes: &[(&str, &str)]) {
        let mut tag = "<aspNetCore".to_owned();
        let mut written: Vec<&str> = Vec::new();
        for (name, value) in attributes {
            if written.contains(name) {
                continue;
            }
            written.push(name);
            let single = self.style.single_quotes[self.values % self.style.single_quotes.len()];
            self.values += 1;
            let broken = format!("{}         ", self.line_end());
            let blank = if single { broken.as_str() } else { " " };
            let quote = if single { '\'' } else { '"' };
            tag.push_str(&format!("{blank}{name}={quote}{value}{quote}"));
        }
        tag.push('>');
        self.line(depth, &tag);
    }

    fn list(&mut self, depth: usize, name: &str, entries: &[&str]) {
        if !entries.is_empty() {
            self.line(depth, &format!("<{name}>"));
            entries.iter().for_each(|entry| self.line(depth + 1, entry));
            self.line(depth, &format!("</{name}>"));
        }
    }
}

fn some<T: Copy + std::fmt::Debug + 'static>(
    pool: &'static [T],
    most: usize,
) -> impl Strategy<Value = Vec<T>> {
    proptest::collection::vec(proptest::sample::select(pool), 0..most)
}

fn web_config() -> impl Strategy<Value = String> {
    let parts =
        (some(ATTRIBUTES, 12), some(HANDLERS, 5), some(VARIABLES, 7), some(SETTINGS, 4), some(OTHERS, 3));
    (style(), parts, any::<bool>()).prop_map(|(style, parts, location)| {
        let (attributes, handlers, variables, settings, others) = parts;
        let mut file = Writer { out: String::new(), style, lines: 0, values: 0 };
        file.line(0, "<?xml version=\"1.0\"?>");
        file.line(0, "<configuration xmlns:xdt=\"http://schemas.microsoft.com/XML-Document-Transform\">");
        if location {
            file.line(1, "<location path=\".\" inheritInChildApplications=\"false\">");
        }
        file.line(2, "<system.webServer>");
        file.list(3, "handlers", &handlers);
        file.element(3, &attributes);
        file.list(4, "environmentVariables", &variables);
        file.list(4, "handlerSettings", &settings);
        file.line(3, "</aspNetCore>");
        others.iter().for_each(|other| file.line(3, other));
        file.line(2, "</system.webServer>");
        if location {
            file.line(1, "</location>");
        }
        file.line(0, "</configuration>");
        file.out
    })
}

/// The same, damaged in ways that can be repaired.
fn damaged() -> impl Strategy<Value = String> {
    (web_config(), 0..5usize).prop_map(|(text, damage)| match damage {
        0 => text.replace("&amp;", "&").replace("&lt;", "& "),
        1 => format!("\r\n{text}"),
        2 => text.replace("path=\"*\"", "path=“*”"),
        3 => text.replace(" verb=\"*\"", " verb=\"*\" verb=\"*\""),
        _ => text.replace("</handlers>", "<handlers>"),
    })
}

fn context() -> impl Strategy<Value = FixContext> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(known, self_contained, site_root)| FixContext {
        entry_dll: known.then(|| "App.dll".to_owned()),
        entry_exe: known.then(|| "App.exe".to_owned()),
        self_contained,
        site_root,
    })
}

/// What a repair may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Values of attributes, or new attributes.
    Values,
    /// The name of one attribute.
    AttributeName,
    /// One attribute goes.
    AttributeGone,
    /// The name of one element.
    ElementName,
    /// One element goes, with what is in it.
    ElementGone,
    /// Elements are added.
    ElementsNew,
    /// One element stands elsewhere.
    ElementMoved,
}

fn effects(id: &str) -> &'static [Effect] {
    use Effect::*;
    match id.strip_prefix("web-config.").unwrap_or_default() {
        "unknown-attribute" => &[AttributeName],
        "unknown-element"
        | "unknown-section"
        | "environment-variable-wrong-element"
        | "root-element-wrong" => &[ElementName],
        "transform-left-in"
        | "request-timeout-in-process"
        | "processes-per-application-in-process"
        | "attribute-unused-in-process"
        | "startup-time-limit-short"
        | "shutdown-time-limit-zero"
        | "rapid-fails-zero" => &[AttributeGone],
        "bad-value" => &[Values, AttributeGone],
        "environment-variable-duplicate"
        | "environment-development"
        | "detailed-errors-on"
        | "environment-variable-overridden"
        | "fixed-port-out-of-range"
        | "host-trace-on"
        | "handler-setting-duplicate"
        | "handlers-in-sub-application"
        | "duplicate-section" => &[ElementGone],
        "duplicate-collection-entry" => &[ElementGone, ElementsNew],
        "mime-map-in-defaults" | "handler-missing" => &[ElementsNew],
        "handler-removed-after-add" => &[ElementMoved],
        _ => &[Values],
    }
}

/// What is in one and not in the other, as often as it is.
fn difference(before: &[Item], after: &[Item]) -> (Vec<Item>, Vec<Item>) {
    let mut count: BTreeMap<&Item, isize> = BTreeMap::new();
    before.iter().for_each(|item| *count.entry(item).or_default() += 1);
    after.iter().for_each(|item| *count.entry(item).or_default() -= 1);
    let of = |sign: isize| {
        let times = |n: isize| usize::try_from(n * sign).unwrap_or(0);
        count.iter().flat_map(|(item, n)| std::iter::repeat_n((*item).clone(), times(*n))).collect()
    };
    (of(1), of(-1))
}

fn is_attribute(item: &Item) -> bool {
    matches!(item, Item::Attribute(..))
}

fn holds(effect: Effect, gone: &[Item], new: &[Item]) -> bool {
    let elements = |items: &[Item]| items.iter().filter(|item| matches!(item, Item::Element(..))).count();
    let only_nodes =
        |items: &[Item]| items.iter().all(|item| matches!(item, Item::Element(..) | Item::Attribute(..)));
    match effect {
        Effect::Values => {
            let names = |items: &[Item]| -> Option<Vec<String>> {
                let name = |item: &Item| match item {
                    Item::Attribute(name, _) => Some(name.clone()),
                    _ => None,
                };
                items.iter().map(name).collect()
            };
            match (names(gone), names(new)) {
                (Some(gone), Some(new)) => gone.iter().all(|name| new.contains(name)) && new.len() <= 2,
                _ => false,
            }
        }
        Effect::AttributeName => {
            matches!((gone, new), ([Item::Attribute(a, x)], [Item::Attribute(b, y)]) if a != b && x == y)
        }
        Effect::AttributeGone => matches!((gone, new), ([Item::Attribute(..)], [])),
        Effect::ElementName => {
            matches!((gone, new), ([Item::Element(d, a)], [Item::Element(e, b)]) if d == e && a != b)
        }
        Effect::ElementGone => new.is_empty() && elements(gone) >= 1 && only_nodes(gone),
        Effect::ElementsNew => gone.is_empty() && (1..=2).contains(&elements(new)) && only_nodes(new),
        Effect::ElementMoved => gone.is_empty() && new.is_empty(),
    }
}

/// The items that no edit touches, in order.
fn untouched(items: &[(Item, Vec<Range<usize>>)], spans: &[Range<usize>]) -> Vec<Item> {
    let touched = |place: &Range<usize>| {
        spans.iter().any(|span| {
            if span.is_empty() {
                place.start < span.start && span.start < place.end
            } else {
                place.start < span.end && span.start < place.end
            }
        })
    };
    let kept = items.iter().filter(|(_, places)| !places.iter().any(touched));
    kept.map(|(item, _)| item.clone()).collect()
}

/// Only the nodes that the repair is about change: an independent parser sees the rest as it was.
fn assert_only_the_intended(text: &str, fact: &Fact, fix: &Fix) {
    let Change::Edits(edits) = &fix.change else { panic!("{fact:?}") };
    let after = apply(text, edits).expect("edits of this text");
    assert_ne!(after, text, "{} changes nothing", fact.id);
    let seen = items(&after).unwrap_or_else(|| panic!("{}: no XML any more:\n{after}", fact.id));
    let Some(before) = items(text) else {
        assert_eq!(fact.id, "web-config.malformed-xml");
        return;
    };
    let plain = |items: &[(Item, Vec<Range<usize>>)]| -> Vec<Item> {
        items.iter().map(|(item, _)| item.clone()).collect()
    };
    let (gone, new) = difference(&plain(&before), &plain(&seen));
    let allowed = effects(&fact.id);
    assert!(
        allowed.iter().any(|effect| holds(*effect, &gone, &new)),
        "{} ({}) takes {gone:?} and puts {new:?}",
        fact.id,
        fix.text
    );
    let spans: Vec<Range<usize>> = edits.iter().map(|edit| edit.span.start..edit.span.end).collect();
    let mut shift = 0isize;
    let moved: Vec<Range<usize>> = edits
        .iter()
        .map(|edit| {
            let start = edit.span.start.checked_add_signed(shift).expect("in the text");
            shift += edit.replacement.len() as isize - (edit.span.end - edit.span.start) as isize;
            start..start + edit.replacement.len()
        })
        .collect();
    assert_eq!(untouched(&before, &spans), untouched(&seen, &moved), "{}:\n{after}", fact.id);
}

fn assert_settles(text: &str, context: &FixContext, all: bool, find: fn(&str) -> Vec<Fact>) -> String {
    let repaired = repair(text, context, all, find);
    assert!(repaired.settled, "{:?}\n{}", repaired.changes, repaired.text);
    let again = repair(&repaired.text, context, all, find);
    assert_eq!((again.text.as_str(), again.changes.len()), (repaired.text.as_str(), 0));
    for fact in find(&repaired.text) {
        let left = fix(&(&fact).into(), &repaired.text, context);
        assert!(left.is_none_or(|fix| !all && !fix.safe), "{fact:?} could still be repaired");
    }
    repaired.text
}

/// Line ends of one kind stay so.
fn assert_line_ends(before: &str, after: &str) {
    let crlf = |text: &str| text.matches("\r\n").count();
    let lf = |text: &str| text.matches('\n').count() - crlf(text);
    assert!(crlf(before) > 0 || crlf(after) == 0, "CRLF came into\n{after:?}");
    assert!(lf(before) > 0 || lf(after) == 0, "LF came into\n{after:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn each_repair_changes_only_the_nodes_it_is_about(text in web_config(), context in context()) {
        let fixer = Fixer::new(&text, &context);
        for fact in in_sub_application(&text).iter().chain(&in_web_config(&text)) {
            if let Some(fix) = fixer.fix(&fact.into()) {
                assert_only_the_intended(&text, fact, &fix);
                prop_assert!(fixable(&fact.id).is_some());
            }
        }
    }

    #[test]
    fn repairs_come_to_rest_and_then_nothing_is_left_to_repair(text in web_config(), context in context(), all: bool) {
        for find in [in_web_config as fn(&str) -> Vec<Fact>, in_sub_application] {
            let after = assert_settles(&text, &context, all, find);
            prop_assert!(WebConfig::parse(&after).is_complete(), "{}", after);
            assert_line_ends(&text, &after);
            let comments = |text: &str| text.matches("<!-- größer").count();
            prop_assert_eq!(comments(&text), comments(&after));
        }
    }

    #[test]
    fn damaged_files_are_repaired_to_well_formed_ones_or_left(text in damaged(), context in context()) {
        for fact in in_web_config(&text) {
            if let Some(fix) = fix(&(&fact).into(), &text, &context) {
                let after = apply(&text, fix.edits()).expect("edits of this text");
                prop_assert!(items(&after).is_some(), "{} makes\n{after}", fact.id);
            }
        }
        assert_settles(&text, &context, true, in_web_config);
    }

    #[test]
    fn encoding_and_byte_order_mark_stay(
        text in web_config(),
        context in context(),
        form in proptest::sample::select(&[
            (Encoding::Utf8, true), (Encoding::Utf8, false), (Encoding::Utf16Le, true),
            (Encoding::Utf16Be, true), (Encoding::Utf16Le, false), (Encoding::Windows1252, false),
        ][..]),
    ) {
        let (encoding, bom) = form;
        let name = match encoding {
            Encoding::Utf8 => "utf-8",
            Encoding::Windows1252 => "windows-1252",
            _ => "utf-16",
        };
        // Something beyond ASCII, so that encodings differ.
        let text = text.replace("version=\"1.0\"?>", &format!("version=\"1.0\" encoding=\"{name}\"?><!-- ü -->"));
        let mut seed = match encoding {
            Encoding::Utf8 => b"\xEF\xBB\xBF\xC3\xBC".to_vec(),
            Encoding::Utf16Le => b"\xFF\xFEa\0".to_vec(),
            Encoding::Utf16Be => b"\xFE\xFF\0a".to_vec(),
            Encoding::Windows1252 => b"<?xml version='1.0' encoding='windows-1252'?><!-- \xFC -->".to_vec(),
        };
        if !bom && encoding == Encoding::Utf8 {
            seed.drain(..3);
        }
        if !bom && encoding == Encoding::Utf16Le {
            seed = b"a\0b\0c\0d\0".to_vec();
        }
        let bytes = TextFile::read(&seed).expect("lossless").bytes_of(&text).expect("characters it has");
        let file = TextFile::read(&bytes).expect("lossless");
        prop_assert_eq!((file.encoding, file.bom, file.text.as_str()), (encoding, bom, text.as_str()));
        prop_assert_eq!(in_bytes(&bytes), None);
        let repaired = repair(&file.text, &context, true, in_web_config);
        let written = file.bytes_of(&repaired.text).expect("characters it has");
        let again = TextFile::read(&written).expect("lossless");
        prop_assert_eq!((again.encoding, again.bom, again.text), (encoding, bom, repaired.text));
        prop_assert_eq!(in_bytes(&written), None);
    }

    #[test]
    fn a_declaration_that_does_not_fit_is_made_to_fit(text in web_config(), utf16: bool) {
        let wrong = if utf16 { "utf-8" } else { "utf-16" };
        let text = text.replace("version=\"1.0\"", &format!("version=\"1.0\" encoding=\"{wrong}\""));
        let bytes = if utf16 {
            [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        } else {
            text.clone().into_bytes()
        };
        let file = TextFile::read(&bytes).expect("lossless");
        let fact = in_bytes(&bytes).expect("it does not fit");
        let fix = fix(&(&fact).into(), &file.text, &FixContext::default()).expect("a repair");
        let applied = apply_all(&file.text, &[fix]);
        prop_assert_eq!(in_bytes(&file.bytes_of(&applied.text).expect("characters it has")), None);
    }

    #[test]
    fn json_keeps_every_value_but_the_one_that_goes(
        names in proptest::collection::vec("[a-c]{1,2}", 1..6),
        reserved in any::<prop::sample::Index>(),
        blanks in proptest::collection::vec(proptest::sample::select(&["", " ", "\n  ", "\r\n\t", " /* , } \" */ ", " // x\n"][..]), 1..9),
    ) {
        let mut blank = blanks.iter().cycle();
        let mut blank = || *blank.next().expect("endless");
        let at = reserved.index(names.len());
        let mut body = String::new();
        for (index, name) in names.iter().enumerate() {
            let name = if index == at { "PROBING_DIRECTORIES".to_owned() } else { format!("{name}{index}") };
            let comma = if index + 1 < names.len() { "," } else { "" };
            body.push_str(&format!("{}\"{name}\"{}:{}\"v,{index}\"{}{comma}", blank(), blank(), blank(), blank()));
        }
        let text = format!("{{\"runtimeOptions\": {{\"configProperties\": {{{body}{}}}}}}}", blank());
        let facts = in_runtimeconfig(&text);
        prop_assert_eq!(facts.len(), 1);
        let after = assert_settles(&text, &FixContext::default(), true, in_runtimeconfig);
        let values = |text: &str| -> Vec<(String, String)> {
            let config = falconer_dotnet::runtimeconfig::RuntimeConfig::parse(text.as_bytes()).expect("valid");
            config.config_properties.into_iter().map(|p| (p.name.value, p.value.value)).collect()
        };
        let mut expected = values(&text);
        expected.remove(at);
        prop_assert_eq!(values(&after), expected);
        let comments = |text: &str| text.matches("/*").count() + text.matches("//").count();
        // Comments within the member go with it.
        prop_assert!(comments(&after) <= comments(&text));
        assert_line_ends(&text, &after);
    }

    #[test]
    fn json_of_any_kind_comes_to_rest(text in "([{}\\[\\],:]|\"[a-b]\"|\"C:.x\"|\"C:\\\\x\"| |\n|1|true|/\\*\\*/|rollForward){0,40}") {
        let object = format!("{{\"a\": {text}}}");
        for text in [text.as_str(), object.as_str()] {
            for find in [in_runtimeconfig as fn(&str) -> Vec<Fact>, in_appsettings] {
                for all in [false, true] {
                    assert_settles(text, &FixContext::default(), all, find);
                }
            }
        }
    }
}

#[test]
fn an_attribute_is_told_from_an_element() {
    let seen = items("<a b='c'><!-- d -->e</a>").expect("well-formed");
    let seen: Vec<Item> = seen.into_iter().map(|(item, _)| item).collect();
    assert_eq!(seen.iter().filter(|item| is_attribute(item)).count(), 1);
    assert_eq!(seen.len(), 4);
}
