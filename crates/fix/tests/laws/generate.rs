//! Files with trouble, in any form.

use falconer_fix::FixContext;
use proptest::prelude::*;

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

pub(crate) fn web_config() -> impl Strategy<Value = String> {
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
pub(crate) fn damaged() -> impl Strategy<Value = String> {
    (web_config(), 0..5usize).prop_map(|(text, damage)| match damage {
        0 => text.replace("&amp;", "&").replace("&lt;", "& "),
        1 => format!("\r\n{text}"),
        2 => text.replace("path=\"*\"", "path=“*”"),
        3 => text.replace(" verb=\"*\"", " verb=\"*\" verb=\"*\""),
        _ => text.replace("</handlers>", "<handlers>"),
    })
}

pub(crate) fn context() -> impl Strategy<Value = FixContext> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(known, self_contained, site_root)| FixContext {
        entry_dll: known.then(|| "App.dll".to_owned()),
        entry_exe: known.then(|| "App.exe".to_owned()),
        self_contained,
        site_root,
    })
}
