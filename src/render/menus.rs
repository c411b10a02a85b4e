//! Menus, drawn once for all pages that lie alike: each entry asks where the page lies, and that is most of what a short page costs.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tera::{Context, Tera, Value};

use crate::hash::Map;
use crate::view::{PageMeta, SiteView};

/// The components that draw menus. A page sees what each draws under the component's name.
pub(super) const MENUS: [&str; 2] = ["menu", "standing"];

/// What decides how a page's menus look: its way to the root, its path where a menu has it, and its section.
type Place = (String, Option<String>, String);

/// The menus of one language.
#[derive(Debug, Default)]
pub(super) struct Menus {
    drawn: Mutex<Map<Place, [Value; MENUS.len()]>>,
}

impl Menus {
    /// The menus of a page, in the order of [`MENUS`]. `seen` is what all pages see.
    pub(super) fn of_page(
        &self,
        page: &PageMeta,
        site: &SiteView,
        tera: &Tera,
        seen: &Context,
    ) -> Result<[Value; MENUS.len()], tera::Error> {
        let mut paths = site.nav.iter().map(|item| &item.path);
        let mut standing = site.footer.iter().map(|link| &link.path);
        let has_entry = paths.any(|path| *path == page.path) || standing.any(|path| *path == page.path);
        let place = (
            page.root.clone(),
            has_entry.then(|| page.path.clone()),
            page.section.clone(),
        );
        if let Some(menus) = self.drawn().get(&place) {
            return Ok(menus.clone());
        }
        let (root, here, section) = &place;
        // They come by themselves, so a site's own menu may ask for as many as it needs.
        let mut seen = seen.clone();
        seen.insert("root", root);
        seen.insert("here", here);
        seen.insert("section", section);
        let draw = |menu: &str| {
            let drawn = tera.render_component_with_implicits(menu, &Context::new(), &seen, None, true)?;
            Ok::<_, tera::Error>(Value::safe_string(&drawn))
        };
        let [menu, standing] = MENUS;
        let menus = [draw(menu)?, draw(standing)?];
        self.drawn().insert(place, menus.clone());
        Ok(menus)
    }

    fn drawn(&self) -> MutexGuard<'_, Map<Place, [Value; MENUS.len()]>> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
