//! What templates see of the places that an archive names, on a map.

use serde::Serialize;

use crate::archive::{Name, TermId};
use crate::config::PLACES;
use crate::hash::FixedMap;
use crate::map::{self, Dot, Spot};
use crate::view::{NameView, Viewer};

/// How many places a map shows at most.
const MOST_SPOTS: usize = 200;

/// Places on a map: paths of an SVG picture, to be drawn in this order.
#[derive(Clone, Debug, Serialize)]
pub struct MapView {
    /// How wide the picture is.
    pub width: u32,
    /// How high the picture is.
    pub height: u32,
    /// The land, to be filled by the rule `evenodd`; lakes are holes in it.
    pub land: String,
    /// The lines between the states or provinces of large countries; may be empty.
    pub states: String,
    /// The lines between countries; may be empty.
    pub borders: String,
    /// The places, those with most works first.
    pub spots: Vec<SpotView>,
}

/// A place on a map.
#[derive(Clone, Debug, Serialize)]
pub struct SpotView {
    /// Its name.
    pub name: NameView,
    /// How many works name it.
    pub n_works: usize,
    /// How many works were filed from it.
    pub n_datelines: usize,
    /// How far from the left its middle is.
    pub x: f64,
    /// How far from the top its middle is.
    pub y: f64,
    /// Its radius; its area grows with the number of works.
    pub radius: f64,
}

/// A place whose coordinates are known.
struct Place {
    /// Which it is.
    id: TermId,
    /// Where it is, and how many works name it or were filed from it.
    spot: Spot,
    /// How many works name it.
    n_works: usize,
    /// How many works were filed from it.
    n_datelines: usize,
}

impl Viewer<'_> {
    /// The places that works name or were filed from, on a map; none if the records
    /// of none of them have coordinates.
    pub(super) fn map(&self) -> Option<MapView> {
        let places = self.places()?;
        let spots: Vec<Spot> = places.iter().map(|place| place.spot).collect();
        let drawn = map::draw(&spots)?;
        let spot = |dot: &Dot| {
            let place = places.get(dot.spot)?;
            Some(SpotView {
                name: self.term_name(place.id),
                n_works: place.n_works,
                n_datelines: place.n_datelines,
                x: dot.x,
                y: dot.y,
                radius: dot.radius,
            })
        };
        Some(MapView {
            width: drawn.width,
            height: drawn.height,
            land: drawn.land,
            states: drawn.states,
            borders: drawn.borders,
            spots: drawn.spots.iter().filter_map(spot).collect(),
        })
    }

    /// The places with coordinates that works name or were filed from, those with
    /// most works first.
    fn places(&self) -> Option<Vec<Place>> {
        let taxonomy = self.config.taxonomy(PLACES)?;
        let mut datelines: FixedMap<TermId, usize> = FixedMap::default();
        for work in self.listed_works().iter().filter(|work| work.shows_names()) {
            let place = work.original().dateline_place.as_ref().and_then(Name::term);
            if let Some(id) = place {
                *datelines.entry(id).or_default() += 1;
            }
        }
        let order = &self.plan.taxonomy_pages(taxonomy, self.language()).order;
        let place = |index: &u32| {
            let id = TermId { taxonomy, index: *index };
            let term = self.archive.term(id);
            let facts = &term.record(self.language())?.facts;
            let (latitude, longitude) = facts.latitude.zip(facts.longitude)?;
            let n_datelines = datelines.get(&id).copied().unwrap_or_default();
            let n_works = term.works.len();
            let weight = n_works.max(n_datelines);
            let spot = Spot { latitude, longitude, weight };
            (weight > 0).then_some(Place { id, spot, n_works, n_datelines })
        };
        let mut places: Vec<Place> = order.iter().filter_map(place).collect();
        places.sort_by_key(|place| std::cmp::Reverse(place.spot.weight));
        places.truncate(MOST_SPOTS);
        Some(places)
    }
}
