//! Decides which part of the world a map shows.
//!
//! All places are in it, with some room around them, and never less than a
//! region of which one knows the outline: the state of a city and those beside
//! it. Places on both sides of the date line are brought together: the map is
//! cut where there is most room between places. If the places are spread over
//! more than half of the globe, it shows all of it, around Greenwich.

use super::clip::{self, Point, Side};
use super::outline::{Kind, Line};
use super::projection::Projection;
use super::{WIDTH, path};

/// The least width of a region, in degrees of latitude.
const LEAST_WIDTH: f64 = 12.0;
/// The height of a picture, as a share of its width: at least.
const FLATTEST: f64 = 0.5;
/// The height of a picture, as a share of its width: at most.
const STEEPEST: f64 = 0.85;
/// The height of the least region, as a share of its width.
const USUAL: f64 = 0.625;
/// The room around the places, as a share of what they take.
const ROOM: f64 = 0.12;
/// From how many degrees of longitude on a map is that of a part of the globe
/// and not of a region.
const WIDE: f64 = 90.0;
/// The same for degrees of latitude.
const HIGH: f64 = 60.0;
/// The latitude where maps end in the south, unless there is a place beyond:
/// that of Cape Horn and some sea.
const SOUTH: f64 = -58.0;
/// The latitude where maps end in the north, unless there is a place beyond:
/// that of the last land.
const NORTH: f64 = 84.0;
/// How near to such an end a place can be.
const NEAR: f64 = 4.0;

/// The part of the world that a map shows, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// How the globe is laid flat.
    projection: Projection,
    /// The longitude that other longitudes are counted from.
    middle: f64,
    /// Where the left edge is on the plane.
    left: f64,
    /// Where the upper edge is on the plane.
    top: f64,
    /// The longitudes that the picture can show, counted from the middle.
    seen: Span,
    /// The units of the picture in one of the plane.
    pub(super) scale: f64,
    /// The height of the picture.
    pub(super) height: u32,
}

/// A stretch of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    /// Its lower end.
    from: f64,
    /// Its upper end.
    to: f64,
}

impl Span {
    /// The stretch that holds all values; none if there are none.
    fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        values.fold(None, |span: Option<Self>, value| {
            Some(span.map_or(Self { from: value, to: value }, |span| Self {
                from: span.from.min(value),
                to: span.to.max(value),
            }))
        })
    }

    /// How long it is.
    fn length(self) -> f64 {
        self.to - self.from
    }

    /// The same stretch, grown on both sides to a length that it does not have.
    fn grown(self, length: f64) -> Self {
        let more = ((length - self.length()) / 2.0).max(0.0);
        Self { from: self.from - more, to: self.to + more }
    }

    /// A stretch of the same length within another one, or all of that.
    fn within(self, other: Self) -> Self {
        if self.length() >= other.length() {
            return other;
        }
        let shift = (other.from - self.from).max(0.0) - (self.to - other.to).max(0.0);
        Self { from: self.from + shift, to: self.to + shift }
    }
}

impl Frame {
    /// The frame of places, each a longitude and a latitude; none without any.
    pub(super) fn fit(places: &[Point]) -> Option<Self> {
        let latitudes = Span::of(places.iter().map(|place| place.1))?;
        let (mut middle, width) = longitudes(places)?;
        let projection = if width > WIDE || latitudes.length() > HIGH {
            Projection::World
        } else {
            Projection::around(f64::midpoint(latitudes.from, latitudes.to))
        };
        if width > 180.0 {
            middle = 0.0;
        }
        let on_plane =
            || places.iter().map(|&(x, y)| projection.place((turned(x - middle), y)));
        let x = Span::of(on_plane().map(|point| point.0))?;
        let y = Span::of(on_plane().map(|point| point.1))?;
        let whole = Span { from: -projection.reach(), to: projection.reach() };
        let (x, y) = if width > 180.0 { (whole, y) } else { (x, y) };
        let (x, y) = with_room(x, y);
        let x = x.within(whole);
        let y = y.within(ends(projection, latitudes));
        let scale = f64::from(WIDTH) / x.length();
        Some(Self {
            projection,
            middle,
            left: x.from,
            top: y.to,
            seen: seen(projection, x),
            scale,
            height: path::whole(y.length() * scale).unsigned_abs(),
        })
    }

    /// Where a place is in the picture.
    pub(super) fn place(&self, longitude: f64, latitude: f64) -> Point {
        self.on_picture((turned(longitude - self.middle), latitude))
    }

    /// Where a place is in the picture whose longitude is counted from the
    /// middle.
    fn on_picture(&self, place: Point) -> Point {
        let (x, y) = self.projection.place(place);
        ((x - self.left) * self.scale, (self.top - y) * self.scale)
    }

    /// The edges of the picture, moved outwards by a margin.
    pub(super) fn sides(&self, margin: f64) -> [Side; 4] {
        [
            Side::RightOf(-margin),
            Side::LeftOf(f64::from(WIDTH) + margin),
            Side::Above(-margin),
            Side::Below(f64::from(self.height) + margin),
        ]
    }

    /// What the picture can show of a line, drawn up to a tolerance in units
    /// of the plane: nothing, the line, or its parts at both ends of a map of
    /// the world.
    pub(super) fn parts(&self, line: &Line, tolerance: f64) -> Vec<Vec<Point>> {
        let points = line.points(tolerance);
        let Some(longitudes) = Span::of(points.iter().map(|point| point.0)) else {
            return Vec::new();
        };
        let mut parts = Vec::new();
        for turn in [-360.0, 0.0, 360.0] {
            let shift = turn - self.middle;
            if longitudes.to + shift < self.seen.from
                || longitudes.from + shift > self.seen.to
            {
                continue;
            }
            let shifted: Vec<Point> =
                points.iter().map(|&(x, y)| (x + shift, y)).collect();
            let globe = [Side::RightOf(-180.0), Side::LeftOf(180.0)];
            let pieces = match line.kind {
                Kind::Land => vec![clip::ring(shifted, &globe)],
                Kind::Country | Kind::State => clip::line(shifted, &globe),
            };
            parts.extend(pieces.into_iter().map(|piece| {
                piece.into_iter().map(|place| self.on_picture(place)).collect()
            }));
        }
        parts
    }
}

/// A difference of longitudes, the shorter way around the globe.
fn turned(longitude: f64) -> f64 {
    if longitude < -180.0 {
        longitude + 360.0
    } else if longitude > 180.0 {
        longitude - 360.0
    } else {
        longitude
    }
}

/// The middle and the length of the shortest stretch of longitude that holds
/// all places: all but the longest stretch without one.
fn longitudes(places: &[Point]) -> Option<(f64, f64)> {
    let mut sorted: Vec<f64> = places.iter().map(|place| place.0).collect();
    sorted.sort_by(f64::total_cmp);
    let (&first, &last) = (sorted.first()?, sorted.last()?);
    let (mut gap, mut from, mut to) = (first + 360.0 - last, first, last);
    for pair in sorted.windows(2) {
        if let [before, after] = *pair
            && after - before > gap
        {
            (gap, from, to) = (after - before, after, before + 360.0);
        }
    }
    Some((turned(f64::midpoint(from, to)), to - from))
}

/// The stretches of a plane that a map shows for what its places take.
fn with_room(x: Span, y: Span) -> (Span, Span) {
    let room = 1.0 + 2.0 * ROOM;
    let width = (x.length() * room).max(LEAST_WIDTH);
    let height = (y.length() * room).max(LEAST_WIDTH * USUAL);
    let x = x.grown(width.max(height / STEEPEST));
    let y = y.grown(height.max(x.length() * FLATTEST));
    (x, y)
}

/// The longitudes of which something can be seen in a stretch of the plane or
/// a little beside it.
fn seen(projection: Projection, x: Span) -> Span {
    let globe = Span { from: -180.0, to: 180.0 };
    match projection {
        Projection::Plain(narrow) => {
            let more = x.grown(x.length() * 1.1);
            Span { from: more.from / narrow, to: more.to / narrow }.within(globe)
        }
        Projection::World => globe,
    }
}

/// The southern and the northern end of the plane.
fn ends(projection: Projection, latitudes: Span) -> Span {
    let south = if latitudes.from < SOUTH + NEAR { -90.0 } else { SOUTH };
    let north = if latitudes.to > NORTH - NEAR { 90.0 } else { NORTH };
    let end = |latitude| projection.place((0.0, latitude)).1;
    Span { from: end(south), to: end(north) }
}
