//! `report.html`: one self-contained page.

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};

use super::model::Page;
use crate::error::{ErrorKind, Result};

const TEMPLATE: &str = include_str!("page.html");

/// Lays a page out; `charts` are `(name, SVG text)`.
pub(super) fn render(page: &Page, charts: &[(String, String)]) -> Result<String> {
    let failed = |e: minijinja::Error| ErrorKind::Render { what: "report.html".into(), problem: e.to_string() };
    let mut environment = Environment::new();
    // The name ends in .html, so everything put in is escaped.
    environment.add_template("page.html", TEMPLATE).map_err(failed)?;
    let pictures: Vec<Value> =
        charts.iter().map(|(name, svg)| context! { name, svg => Value::from_safe_string(svg.clone()) }).collect();
    let template = environment.get_template("page.html").map_err(failed)?;
    Ok(template.render(context! { page => Value::from(Serde(page)), pictures }).map_err(failed)?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_template_is_valid() {
        let mut environment = minijinja::Environment::new();
        environment.add_template("page.html", super::TEMPLATE).unwrap();
    }
}
