//! Laws: for all texts.

use falconer_iis_config::xml::Tree;
use falconer_iis_config::{
    Edit, Form, Host, HostConfig, Level, Span, Surroundings, WebConfig, apply, declared_encoding,
    encoding_finding, findings, host_findings, inherited_findings,
};
use proptest::prelude::*;

const SEEDS: [&str; 3] = [
    include_str!("data/sdk-framework-dependent.config"),
    include_str!("data/everything.config"),
    include_str!("data/applicationHost.config"),
];

/// Pieces from which damaged files are made.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<configuration>".to_owned()),
        Just("</configuration>".to_owned()),
        Just("<location path=\".\" inheritInChildApplications=\"false\">".to_owned()),
        Just(
            "<system.webServer><handlers><add name='a' modules=\"AspNetCoreModuleV2\" /></handlers>"
                .to_owned()
        ),
        Just("<aspNetCore processPath=\"dotnet\" ... >".to_owned()),
        Just("<environmentVariable name=“A” value='&#65;&amp;&b;'/>".to_owned()),
        Just("&lt;aspNetCore hostingModel=&quot;x&quot; /&gt;".to_owned()),
        Just("<!-- -->".to_owned()),
        Just("<![CDATA[ ]]>".to_owned()),
        Just("requestTimeout = \"00:60:00\"".to_owned()),
        "[<>&\"'/=!?\\-\\. \n\ta-zÄ…“]{0,12}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    let made = proptest::collection::vec(piece(), 0..12).prop_map(|pieces| pieces.concat());
    let damaged = (0..SEEDS.len(), any::<prop::sample::Index>(), 0usize..40, piece()).prop_map(
        |(seed, at, cut, put)| {
            let seed = SEEDS[seed];
            let place = |index: usize| {
                (0..=index.min(seed.len())).rev().find(|at| seed.is_char_boundary(*at)).unwrap_or(0)
            };
            let start = place(at.index(seed.len()));
            let end = place(start + cut).max(start);
            format!("{}{put}{}", &seed[..start], &seed[end..])
        },
    );
    prop_oneof![made, damaged]
}

/// Documents that are mostly well-formed.
fn document() -> impl Strategy<Value = String> {
    let name = || prop_oneof![Just("a"), Just("add"), Just("system.webServer"), Just("ns:b"), Just("Größe")];
    let value =
        "([a-z<>]|&amp;|&lt;|&#xE4;|&quot;| |\n|\r\n|\t|ü|>){0,6}".prop_map(|v: String| v.replace('<', ""));
    let attributes = proptest::collection::vec((name(), value, any::<bool>()), 0..4).prop_map(|list| {
        list.into_iter()
            .map(
                |(name, value, single)| {
                    if single { format!(" {name} = '{value}'") } else { format!("\n{name}=\"{value}\"") }
                },
            )
            .collect::<String>()
    });
    let leaf = (name(), attributes.clone()).prop_map(|(name, attributes)| format!("<{name}{attributes}/>"));
    let tree = leaf.prop_recursive(5, 40, 5, move |inner| {
        let between = prop_oneof![
            Just(""),
            Just("<!-- < & ... -->"),
            Just("text"),
            Just("<![CDATA[<x>]]>"),
            Just("<?pi <?>")
        ];
        (name(), attributes.clone(), proptest::collection::vec((between, inner), 0..4)).prop_map(
            |(name, attributes, inner)| {
                let inner: String =
                    inner.into_iter().map(|(between, child)| format!("{between}{child}")).collect();
                format!("<{name}{attributes}>{inner}</{name} >")
            },
        )
    });
    tree.prop_map(|tree| format!("<?xml version=\"1.0\"?>\n<root xmlns:ns=\"urn:x\">{tree}</root>\n"))
}

fn assert_spans_lie_in(tree: &Tree, text: &str) {
    let lies = |span: Span| text.get(span.start..span.end).is_some();
    for node in tree.nodes() {
        let element = node.element();
        assert!(lies(element.span) && lies(element.name_span) && lies(element.tag), "{element:?} in {text}");
        for attribute in &element.attributes {
            assert!(
                lies(attribute.span) && lies(attribute.name_span) && lies(attribute.value_span),
                "{attribute:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn reading_anything_gives_spans_within_the_text(text in text()) {
        for config in [WebConfig::parse(&text), WebConfig::excerpt(&text)] {
            assert_spans_lie_in(config.tree(), &text);
            for fact in findings(&config, Surroundings { sub_application: true }) {
                prop_assert!(text.get(fact.span.start..fact.span.end).is_some(), "{:?}", fact);
                prop_assert!(!fact.message.is_empty());
                prop_assert_eq!(config.position(fact.span.start), fact.at);
            }
            for problem in config.problems() {
                prop_assert!(text.get(problem.span.start..problem.span.end).is_some(), "{:?}", problem);
            }
        }
        let (config, host) = (WebConfig::parse(&text), HostConfig::parse(&text));
        for above in [Host::Default, Host::Given { config: &host, site: "Shop" }] {
            let levels = [Level::root(&config), Level::application(&config, "api")];
            for (level, fact) in inherited_findings(&levels, above) {
                prop_assert!(level <= levels.len());
                prop_assert!(text.get(fact.span.start..fact.span.end).is_some(), "{:?}", fact);
            }
        }
        for host in [HostConfig::parse(&text), HostConfig::excerpt(&text)] {
            for fact in host_findings(&host) {
                prop_assert!(text.get(fact.span.start..fact.span.end).is_some(), "{:?}", fact);
            }
        }
    }

    #[test]
    fn bytes_of_any_kind_are_looked_at_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let declared = declared_encoding(&bytes);
        let finding = encoding_finding(&bytes);
        prop_assert!(finding.is_none() || declared.is_some());
    }

    #[test]
    fn a_document_the_library_accepts_is_read_exactly_as_the_library_reads_it(text in document()) {
        let Ok(theirs) = roxmltree::Document::parse(&text) else {
            prop_assert_eq!(WebConfig::parse(&text).form(), Form::Malformed);
            return Ok(());
        };
        let config = WebConfig::parse(&text);
        prop_assert_eq!(config.form(), Form::Document);
        let mut ours = config.tree().nodes();
        for node in theirs.descendants().filter(roxmltree::Node::is_element) {
            let element = ours.next().expect("as many elements").element();
            prop_assert_eq!(node.range(), element.span.start..element.span.end);
            prop_assert_eq!(node.tag_name().name(), element.name.rsplit(':').next().unwrap_or_default());
            let mut attributes = element.attributes.iter().filter(|attribute| !attribute.name.starts_with("xmlns"));
            for attribute in node.attributes() {
                let own = attributes.next().expect("as many attributes");
                prop_assert_eq!(attribute.value(), own.value.as_str());
                prop_assert_eq!(attribute.range(), own.span.start..own.span.end);
                prop_assert_eq!(attribute.range_value(), own.value_span.start..own.value_span.end);
            }
            prop_assert!(attributes.next().is_none());
        }
        prop_assert!(ours.next().is_none());
    }

    #[test]
    fn edits_change_their_spans_and_keep_every_other_byte(
        text in "[a-zäß\n<>]{0,60}",
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), "[x-z…]{0,4}"), 0..6),
    ) {
        let mut places: Vec<usize> = cuts.iter().map(|(at, _)| at.index(text.len() + 1)).collect();
        places.sort_unstable();
        let places: Vec<usize> = places.into_iter().filter(|at| text.is_char_boundary(*at)).collect();
        let edits: Vec<Edit> = places
            .chunks_exact(2)
            .zip(&cuts)
            .map(|(pair, (_, put))| Edit::replace(Span::new(pair[0], pair[1]), put.clone()))
            .collect();
        let mut expected = text.clone();
        for edit in edits.iter().rev() {
            expected.replace_range(edit.span.start..edit.span.end, &edit.replacement);
        }
        prop_assert_eq!(apply(&text, &edits), Ok(expected));
        prop_assert_eq!(apply(&text, &[]), Ok(text));
    }
}
