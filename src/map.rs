//! Draws a map of places: coasts, borders and a dot for each place.
//!
//! It decides which part of the world a map shows, how the globe is laid flat,
//! and how finely its lines are drawn. The result is geometry, in the words of
//! SVG's `path`; a template makes a picture of it and gives it colours. What
//! the places are, and which of them belong on a map, is decided elsewhere.
//!
//! The land is to be filled and not stroked, with the even-odd rule, for lakes
//! are rings in it. Where a line leaves the picture it is cut a little outside
//! of it, so that no edge shows as long as the picture hides what overflows.
//!
//! The same places give the same bytes on every machine: what stands in a map
//! is reckoned with the four operations and the square root alone, which are
//! the same everywhere, and with polynomials where others take a sine.
//!
//! No crate does the geometry. Lines are simplified when the outlines are
//! made, not here, and cutting them at four straight edges takes less code
//! than it would to hand them to a library that can do much more.

mod clip;
mod frame;
mod outline;
mod path;
mod projection;
#[cfg(test)]
mod tests;

use frame::Frame;
use outline::{Kind, Line};
use path::Path;

/// The width of every map, in its own units.
const WIDTH: u32 = 640;
/// How far outside of the picture lines are cut.
const MARGIN: f64 = 3.0;
/// The most bytes that the lines of a map take, unless it is drawn as coarsely
/// as it can be.
const LARGEST: usize = 12_800;
/// The widest map that shows states, in degrees of latitude.
const STATES: f64 = 75.0;
/// How finely a map can be drawn, the best first.
const DETAILS: [Detail; 6] = [
    Detail { tolerance: 0.5, step: 1, least_area: 1.5 },
    Detail { tolerance: 0.7, step: 5, least_area: 2.0 },
    Detail { tolerance: 1.0, step: 5, least_area: 3.0 },
    Detail { tolerance: 1.0, step: 10, least_area: 3.0 },
    Detail { tolerance: 1.4, step: 10, least_area: 4.0 },
    Detail { tolerance: 2.0, step: 10, least_area: 6.0 },
];
/// The radius of the largest dot.
const LARGEST_DOT: f64 = 14.0;
/// The radius of the smallest dot, which can just be seen.
const SMALLEST_DOT: f64 = 3.0;
/// The least weight that can have the largest dot, so that a map of places
/// with one article each does not shout.
const HEAVY: usize = 30;

/// A place on the globe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// The degrees north of the equator, negative in the south.
    pub latitude: f64,
    /// The degrees east of Greenwich, negative in the west.
    pub longitude: f64,
    /// How much there is at the place, for instance how many articles.
    pub weight: usize,
}

/// A map as a template draws it.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// The width of the picture, in the units of everything else.
    pub width: u32,
    /// The height of the picture.
    pub height: u32,
    /// The land, as the `d` of one path that is filled by the even-odd rule.
    pub land: String,
    /// The borders of countries, as the `d` of one path that is stroked; it may
    /// be empty.
    pub borders: String,
    /// The borders of states and provinces, as another such path; it is empty
    /// unless the map is that of a region.
    pub states: String,
    /// The places, in the order in which they were given.
    pub spots: Vec<Dot>,
}

/// A place in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Which of the spots it is, counted from zero; spots that cannot be on
    /// any map are left out.
    pub spot: usize,
    /// How far its middle is from the left edge.
    pub x: f64,
    /// How far its middle is from the upper edge.
    pub y: f64,
    /// The radius, whose square grows with the weight.
    pub radius: f64,
}

/// How finely a map is drawn.
struct Detail {
    /// By how much a line may differ from the outline at hand.
    tolerance: f64,
    /// What coordinates are rounded to, in tenths.
    step: i32,
    /// The area of the least island or lake that is drawn.
    least_area: f64,
}

impl Spot {
    /// Whether the coordinates are on the globe.
    fn is_usable(&self) -> bool {
        // Neither holds for what is not a number.
        self.latitude.abs() <= 90.0 && self.longitude.abs() <= 180.0
    }
}

/// Draws a map that shows all spots; none if no spot is on the globe.
pub fn draw(spots: &[Spot]) -> Option<Map> {
    let usable: Vec<(usize, Spot)> =
        spots.iter().copied().enumerate().filter(|(_, spot)| spot.is_usable()).collect();
    let places: Vec<(f64, f64)> =
        usable.iter().map(|(_, spot)| (spot.longitude, spot.latitude)).collect();
    let frame = Frame::fit(&places)?;
    let [land, borders, states] = lines(&frame);
    let heaviest = usable.iter().map(|(_, spot)| spot.weight).max()?.max(HEAVY);
    let spots = usable.into_iter().map(|(n, spot)| dot(&frame, n, spot, heaviest));
    Some(Map {
        width: WIDTH,
        height: frame.height,
        land,
        borders,
        states,
        spots: spots.collect(),
    })
}

/// The dot of a spot.
fn dot(frame: &Frame, number: usize, spot: Spot, heaviest: usize) -> Dot {
    let (x, y) = frame.place(spot.longitude, spot.latitude);
    let radius = LARGEST_DOT * (float(spot.weight) / float(heaviest)).sqrt();
    Dot {
        spot: number,
        x: path::rounded(x),
        y: path::rounded(y),
        radius: path::rounded(radius.max(SMALLEST_DOT)),
    }
}

/// The land, the borders and the states that a frame shows, each as a path:
/// drawn as finely as the size of a map allows.
fn lines(frame: &Frame) -> [String; 3] {
    let has_states = f64::from(WIDTH) <= STATES * frame.scale;
    let lines: Vec<Line> =
        outline::lines().filter(|line| line.kind != Kind::State || has_states).collect();
    let mut paths = [const { String::new() }; 3];
    for detail in &DETAILS {
        paths = drawn(frame, &lines, detail);
        if paths.iter().map(String::len).sum::<usize>() <= LARGEST {
            break;
        }
    }
    paths
}

/// The land, the borders and the states among lines, each as a path.
fn drawn(frame: &Frame, lines: &[Line], detail: &Detail) -> [String; 3] {
    let tolerance = detail.tolerance / frame.scale;
    let sides = frame.sides(MARGIN);
    let new = || Path::new(detail.step);
    let (mut land, mut borders, mut states) = (new(), new(), new());
    for line in lines {
        let path = match line.kind {
            Kind::Land => &mut land,
            Kind::Country => &mut borders,
            Kind::State => &mut states,
        };
        for part in frame.parts(line, tolerance) {
            if line.kind == Kind::Land {
                path.ring(&clip::ring(part, &sides), detail.least_area);
            } else {
                for piece in clip::line(part, &sides) {
                    path.line(&piece);
                }
            }
        }
    }
    [land, borders, states].map(Path::finish)
}

/// A count as a number that can be divided.
#[expect(clippy::cast_precision_loss, reason = "nobody counts to 2^53")]
fn float(count: usize) -> f64 {
    count as f64
}
