//! Tests of whole maps.

use super::*;

/// The most bytes of the lines of a map.
const MOST: usize = 13_000;
/// Places that make a map of the world, by latitude and longitude.
const WORLD: &[(f64, f64)] =
    &[(33.7, -84.4), (-33.9, 151.2), (35.7, 139.7), (-1.3, 36.8), (-23.5, -46.6)];
/// Atlanta.
const ATLANTA: (f64, f64) = (33.75, -84.39);
/// Madrid.
const MADRID: (f64, f64) = (40.42, -3.7);
/// Places on both sides of the date line: Suva, Labasa, Taveuni and Apia.
const PACIFIC: &[(f64, f64)] =
    &[(-18.14, 178.44), (-16.43, 179.37), (-16.9, -179.98), (-13.83, -171.77)];

/// Spots of one article each, by latitude and longitude.
fn spots(places: &[(f64, f64)]) -> Vec<Spot> {
    let spot = |&(latitude, longitude)| Spot { latitude, longitude, weight: 1 };
    places.iter().map(spot).collect()
}

/// The map of places.
fn map(places: &[(f64, f64)]) -> Map {
    draw(&spots(places)).unwrap()
}

/// The numbers that a command of a path begins with, and what follows them.
fn numbers(text: &str) -> Vec<f64> {
    let mut words: Vec<String> = vec![String::new()];
    for c in text.chars() {
        let word = words.last_mut().unwrap();
        if c == ' ' || c == '-' || (c == '.' && word.contains('.')) {
            words.push(String::new());
        }
        if c != ' ' {
            words.last_mut().unwrap().push(c);
        }
    }
    words
        .iter()
        .filter(|word| !word.is_empty())
        .map(|word| word.parse().unwrap())
        .collect()
}

/// The lines of a path, in coordinates of the picture.
fn read(path: &str) -> Vec<Vec<(f64, f64)>> {
    let mut pen = (0.0, 0.0);
    let mut lines = Vec::new();
    for text in path.split('m').skip(1) {
        let mut line = Vec::new();
        for pair in numbers(text.trim_end_matches('z')).chunks(2) {
            pen = (pen.0 + pair[0], pen.1 + pair[1]);
            line.push(pen);
        }
        if text.ends_with('z') {
            pen = line[0];
        }
        lines.push(line);
    }
    lines
}

/// Whether a point is on land, by the even-odd rule.
fn is_on_land(map: &Map, (x, y): (f64, f64)) -> bool {
    let rings = read(&map.land);
    let mut is_inside = false;
    for ring in &rings {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let crosses = (a.1 > y) != (b.1 > y);
            if crosses && x < a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1) {
                is_inside = !is_inside;
            }
        }
    }
    is_inside
}

/// Whether each dot of a map is on land.
fn dots_on_land(places: &[(f64, f64)]) -> Vec<bool> {
    let map = map(places);
    map.spots.iter().map(|dot| is_on_land(&map, (dot.x, dot.y))).collect()
}

/// The degrees of latitude between two dots, as the picture shows them.
fn are_apart(map: &Map, a: usize, b: usize) -> f64 {
    let (a, b) = (map.spots[a], map.spots[b]);
    (a.x - b.x).hypot(a.y - b.y)
}

#[test]
fn cities_are_on_land_and_the_sea_is_not() {
    assert_eq!(dots_on_land(&[ATLANTA]), [true]);
    assert_eq!(dots_on_land(&[MADRID]), [true]);
    // Between the Bermudas and Georgia, and in Lake Michigan.
    assert_eq!(dots_on_land(&[ATLANTA, (31.0, -75.0)]), [true, false]);
    assert_eq!(dots_on_land(&[(43.0, -89.0), (43.0, -87.0)]), [true, false]);
    let world = [ATLANTA, MADRID, (-33.0, 146.0), (0.0, -30.0), (35.0, -150.0)];
    assert_eq!(dots_on_land(&world), [true, true, true, false, false]);
}

#[test]
fn a_map_of_a_city_shows_the_states_around_it() {
    let map = map(&[ATLANTA]);
    assert_eq!((map.width, map.height), (640, 400));
    assert_eq!((map.spots[0].x, map.spots[0].y), (320.0, 200.0));
    assert!(read(&map.states).len() > 5, "{}", map.states);
    assert!(map.borders.is_empty(), "{}", map.borders);
}

#[test]
fn a_map_of_the_world_shows_no_states() {
    let map = map(WORLD);
    assert!(map.states.is_empty());
    assert!(read(&map.borders).len() > 100);
}

#[test]
fn dots_lie_in_the_picture() {
    let corners =
        [(90.0, 180.0), (-90.0, -180.0), (90.0, -180.0), (-90.0, 180.0), (0.0, 0.0)];
    let poles = [(90.0, 12.0), (90.0, -168.0)];
    let maps: [&[(f64, f64)]; 7] =
        [WORLD, PACIFIC, &[ATLANTA], &corners, &poles, &[(-90.0, 0.0)], &[(0.0, 180.0)]];
    for places in maps {
        let map = map(places);
        assert_eq!(map.spots.len(), places.len());
        for dot in &map.spots {
            assert!((0.0..=f64::from(map.width)).contains(&dot.x), "{dot:?}");
            assert!((0.0..=f64::from(map.height)).contains(&dot.y), "{dot:?}");
        }
    }
}

#[test]
fn the_date_line_tears_nothing_apart() {
    let map = map(PACIFIC);
    // Labasa and Taveuni are 80 kilometres apart, and Suva and Apia 1150.
    assert!(are_apart(&map, 1, 2) < 50.0, "{:?}", map.spots);
    assert!((300.0..600.0).contains(&are_apart(&map, 0, 3)), "{:?}", map.spots);
    assert!(map.spots[0].x < map.spots[2].x && map.spots[2].x < map.spots[3].x);
    // Fiji's larger islands, on this side of the line, and Samoa's beyond it.
    assert_eq!(dots_on_land(&[(-17.8, 178.0), (-13.9, -171.75)]), [true, true]);
}

#[test]
fn islands_on_the_date_line_are_whole() {
    // Wrangel Island, through the middle of which the line goes.
    let places = [(71.2, 179.9), (71.2, -179.9), (71.2, 179.2), (71.2, -178.6)];
    assert_eq!(dots_on_land(&places), [true; 4]);
}

#[test]
fn equal_spots_are_dots_of_their_own() {
    let twice = map(&[ATLANTA, ATLANTA]);
    assert_eq!(twice.spots.len(), 2);
    assert_eq!(twice.spots[0], Dot { spot: 0, ..twice.spots[1] });
    assert_eq!(twice.land, map(&[ATLANTA]).land);
}

#[test]
fn places_off_the_globe_are_left_out() {
    let (latitude, longitude) = ATLANTA;
    let wrong = [
        (f64::NAN, longitude),
        (latitude, f64::NAN),
        (f64::INFINITY, longitude),
        (90.1, longitude),
        (latitude, -180.5),
    ];
    assert_eq!(draw(&spots(&wrong)), None);
    assert_eq!(draw(&[]), None);
    let mut places = wrong.to_vec();
    places.push(ATLANTA);
    let only = map(&places);
    assert_eq!(only.spots.len(), 1);
    assert_eq!(only.spots[0].spot, 5);
    assert_eq!(only.land, map(&[ATLANTA]).land);
}

#[test]
fn the_area_of_a_dot_grows_with_the_weight() {
    let weights = [0, 1, 100, 400];
    let spots = weights.map(|weight| Spot { weight, ..spots(&[ATLANTA])[0] });
    let radii: Vec<f64> =
        draw(&spots).unwrap().spots.iter().map(|dot| dot.radius).collect();
    assert_eq!(radii, [SMALLEST_DOT, SMALLEST_DOT, LARGEST_DOT / 2.0, LARGEST_DOT]);
}

#[test]
fn maps_are_small_wherever_they_are() {
    let mut largest = 0;
    for latitude in (-90..=90).step_by(45) {
        for longitude in (-180..=180).step_by(60) {
            for (high, wide) in [(0.0, 0.0), (20.0, 30.0), (50.0, 80.0), (70.0, 170.0)] {
                let (y, x) = (f64::from(latitude), f64::from(longitude));
                let other = ((y + high).min(90.0), (x + wide).min(180.0));
                let map = map(&[(y, x), other]);
                let size = map.land.len() + map.borders.len() + map.states.len();
                largest = largest.max(size);
                assert!((100..=640).contains(&map.height), "{y} {x} {}", map.height);
            }
        }
    }
    assert!(largest <= MOST, "{largest} bytes");
}

#[test]
fn lines_are_cut_just_outside_of_the_picture() {
    for places in [WORLD, PACIFIC, &[ATLANTA], &[MADRID]] {
        let map = map(places);
        let (right, bottom) = (f64::from(map.width) + 4.0, f64::from(map.height) + 4.0);
        for path in [&map.land, &map.borders, &map.states] {
            for (x, y) in read(path).into_iter().flatten() {
                assert!((-4.0..=right).contains(&x) && (-4.0..=bottom).contains(&y));
            }
        }
    }
}

#[test]
fn the_same_places_give_the_same_bytes() {
    // The sums of all bytes, so that a machine that reckons otherwise is found;
    // they are others when the outlines are.
    let sum = |text: &str| {
        text.bytes()
            .fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)))
    };
    let sums = [WORLD, PACIFIC, &[ATLANTA]].map(|places| {
        let map = map(places);
        sum(&map.land) ^ sum(&map.borders) ^ sum(&map.states)
    });
    assert_eq!(map(WORLD), map(WORLD));
    assert_eq!(
        sums,
        [
            8_942_160_359_585_555_866,
            1_099_769_134_800_626_729,
            16_083_892_521_731_158_060
        ]
    );
}
