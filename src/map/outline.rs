//! Reads the outlines of the world: coasts, lakes, and borders of countries
//! and states.
//!
//! They are those of Natural Earth, which is in the public domain; outline.py
//! beside this file tells more and makes outline.bin. That is one line after
//! the other, each of:
//!
//! 1. its kind, a byte: 0 for a ring of land or of a lake in it, 1 for a
//!    border of countries, 2 for one of states;
//! 2. the number of its points;
//! 3. the level of each point, two in a byte, the lower half first;
//! 4. the points, each as its longitude and latitude in hundredths of a
//!    degree, less those of the point before it.
//!
//! Numbers are written in groups of seven bits, the lowest first, with the
//! eighth bit set in all but the last; those that can be negative are doubled,
//! and the negative ones inverted. A ring does not repeat its first point.
//!
//! The level of a point says how coarse a drawing must be to do without it.
//! Level 0 stands for a tolerance of [`FINEST`], and each level for the square
//! root of two times that of the one before it. The ends of a border have the
//! highest level, which is never left out.

/// The outlines.
const OUTLINE: &[u8] = include_bytes!("outline.bin");
/// The tolerance of the first level, in degrees.
const FINEST: f64 = 0.015;
/// The highest level, of points that are never left out.
const HIGHEST: u8 = 15;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A ring with land inside, or with a lake if it lies in one with land.
    Land,
    /// A border of countries.
    Country,
    /// A border of states, provinces and the like.
    State,
}

/// A line of the outlines.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// What it is.
    pub(super) kind: Kind,
    /// Its points, one after the other.
    points: Vec<Point>,
}

/// A point of a line.
#[derive(Clone, Copy, Debug)]
struct Point {
    /// The degrees east, in hundredths.
    longitude: i32,
    /// The degrees north, in hundredths.
    latitude: i32,
    /// Up to which level it is drawn.
    level: u8,
}

impl Line {
    /// The longitude and latitude of the points that a drawing needs which may
    /// be off by so many degrees.
    pub(super) fn points(&self, tolerance: f64) -> Vec<(f64, f64)> {
        let level = level(tolerance);
        let points = self.points.iter().filter(|point| point.level >= level);
        points
            .map(|point| {
                (f64::from(point.longitude) / 100.0, f64::from(point.latitude) / 100.0)
            })
            .collect()
    }
}

/// The last level whose tolerance is not above this one.
fn level(tolerance: f64) -> u8 {
    let mut square = FINEST * FINEST * 2.0;
    let mut level = 0;
    while level < HIGHEST && square <= tolerance * tolerance {
        square *= 2.0;
        level += 1;
    }
    level
}

/// All lines of the outlines.
pub(super) fn lines() -> impl Iterator<Item = Line> {
    Reader { rest: OUTLINE }
}

/// What is left to read.
struct Reader {
    /// The bytes that were not read.
    rest: &'static [u8],
}

impl Iterator for Reader {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let kind = match self.byte()? {
            0 => Kind::Land,
            1 => Kind::Country,
            _ => Kind::State,
        };
        let n_points = self.number()? as usize;
        let (levels, rest) = self.rest.split_at_checked(n_points.div_ceil(2))?;
        self.rest = rest;
        let levels = levels.iter().flat_map(|pair| [pair & 15, pair >> 4]);
        let (mut longitude, mut latitude) = (0, 0);
        let mut points = Vec::with_capacity(n_points);
        for level in levels.take(n_points) {
            longitude += self.signed()?;
            latitude += self.signed()?;
            points.push(Point { longitude, latitude, level });
        }
        Some(Line { kind, points })
    }
}

impl Reader {
    /// The next byte.
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    /// The next number.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            number |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    /// The next number that can be negative.
    fn signed(&mut self) -> Option<i32> {
        let number = self.number()?;
        let half = i32::try_from(number / 2).ok()?;
        Some(if number % 2 == 0 { half } else { -half - 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlines_are_read_to_their_end() {
        let mut reader = Reader { rest: OUTLINE };
        let lines = reader.by_ref().count();
        assert!(lines > 1000, "{lines} lines");
        assert!(reader.rest.is_empty(), "{} bytes are left", reader.rest.len());
    }

    #[test]
    fn every_point_is_on_the_globe() {
        for line in lines() {
            let least = if line.kind == Kind::Land { 3 } else { 2 };
            assert!(line.points.len() >= least);
            for point in &line.points {
                assert!(point.longitude.abs() <= 18_000, "{point:?}");
                assert!(point.latitude.abs() <= 9_000, "{point:?}");
            }
        }
    }

    #[test]
    fn a_coarser_drawing_has_fewer_points() {
        let count = |tolerance| -> usize {
            lines().map(|line| line.points(tolerance).len()).sum()
        };
        let counts = [0.01, 0.05, 0.2, 1.0, 100.0].map(count);
        assert!(counts.windows(2).all(|pair| pair[0] > pair[1]), "{counts:?}");
    }
}
