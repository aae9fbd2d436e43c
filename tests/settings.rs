//! What `config.toml` and front matter may say, and what is refused.

use crate::site::{CONFIG, Site};

/// A site with one article and further lines in its settings.
fn site(lines: &str) -> Site {
    Site::new().file("config.toml", &format!("{CONFIG}\n{lines}")).article(
        "a.md",
        "2019-03-04",
        "",
    )
}

#[test]
fn the_publisher_has_an_address_on_the_web_and_one_for_letters() {
    site("[publisher]\nurl = \"HTTPS://example.org\"\nemail = \"desk@example.org\"\n")
        .build()
        .done();
    for url in ["javascript:alert(1)", "//example.org", "example.org", "https://a b"] {
        site(&format!("[publisher]\nurl = \"{url}\"\n"))
            .build()
            .fails_with("error[bad-value]")
            .says("is not an address on the web")
            .says("config.toml:");
    }
    for email in ["desk", "@example.org", "desk@", "the desk@example.org", "<a@b>"] {
        site(&format!("[publisher]\nemail = \"{email}\"\n"))
            .build()
            .fails_with("error[bad-value]")
            .says("is not an e-mail address");
    }
}
