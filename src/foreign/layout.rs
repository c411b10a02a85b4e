//! Runs of letters at their places on a page → lines, and lines → paragraphs.
//!
//! A PDF says where letters stand, not which words, lines and paragraphs they form (PDF 32000-1:2008 §14.8.2.5). Runs come in the order in which the
//! page draws them, which in PDFs of texts is the order of reading, columns included.

/// Letters drawn in one go.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// Where it begins and ends, in points from the page's left.
    pub(super) from: f64,
    /// See `from`.
    pub(super) to: f64,
    /// Its base line, in points from the page's foot.
    pub(super) y: f64,
    /// Size of the letters, in points.
    pub(super) size: f64,
    /// The letters.
    pub(super) text: String,
    /// Name of the typeface.
    pub(super) face: String,
    /// Whether the PDF marks it as no part of the text: a page's head or foot.
    pub(super) artifact: bool,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its words.
    pub(super) text: String,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) y: f64,
    /// Size of most of its letters.
    pub(super) size: f64,
    /// Typeface of most of its letters.
    pub(super) face: String,
    /// Whether it repeats from page to page, or is a page's number.
    pub(super) running: bool,
}

/// A gap of this many ems between two runs is a space between words.
const WORD_GAP: f64 = 0.16;

/// Runs whose base lines differ by less than this many ems stand on one line: raised and lowered letters do.
const SAME_LINE: f64 = 0.45;

/// Makes lines of runs.
pub(super) fn lines(runs: &[Run]) -> Vec<Line> {
    let mut lines: Vec<Vec<&Run>> = Vec::new();
    for run in runs.iter().filter(|run| !run.text.is_empty()) {
        let fits = lines.last().and_then(|line| line.last()).is_some_and(|last| {
            let size = last.size.max(run.size);
            let backwards = run.from < last.to - size;
            (last.y - run.y).abs() < size * SAME_LINE && !backwards && run.artifact == last.artifact
        });
        match lines.last_mut() {
            Some(line) if fits => line.push(run),
            _ => lines.push(vec![run]),
        }
    }
    lines.iter().filter_map(|runs| line(runs)).collect()
}

fn line(runs: &[&Run]) -> Option<Line> {
    let mut text = String::new();
    let mut end = f64::NEG_INFINITY;
    for run in runs {
        let apart = end.is_finite() && run.from - end > WORD_GAP * run.size;
        if apart && !text.ends_with(char::is_whitespace) && !run.text.starts_with(char::is_whitespace) {
            text.push(' ');
        }
        text.push_str(&run.text);
        end = run.to;
    }
    let words: Vec<&str> = text.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    let text = words.join(" ");
    let visible: Vec<&&Run> = runs.iter().filter(|run| !run.text.trim().is_empty()).collect();
    let (first, last) = (visible.first()?, visible.last()?);
    let main = visible.iter().max_by_key(|run| run.text.len())?;
    Some(Line {
        text,
        from: first.from,
        to: last.to,
        y: main.y,
        size: main.size,
        face: main.face.clone(),
        running: first.artifact,
    })
}

/// Marks the heads and feet of pages: lines at the edge that are alike on several pages but for their figures, and bare page numbers.
pub(super) fn mark_running(pages: &mut [Vec<Line>]) {
    let edges = |page: &[Line]| -> Vec<usize> {
        let mut order: Vec<usize> = (0..page.len()).collect();
        order.sort_by(|a, b| page[*b].y.total_cmp(&page[*a].y));
        let head = order.iter().take(2);
        head.chain(order.iter().rev().take(2)).copied().collect()
    };
    let key = |line: &Line| -> String {
        line.text
            .chars()
            .map(|c| if c.is_numeric() { '#' } else { c })
            .collect()
    };
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for page in pages.iter() {
        let keys: std::collections::BTreeSet<String> = edges(page).into_iter().map(|at| key(&page[at])).collect();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    for page in pages.iter_mut() {
        for at in edges(page) {
            let repeated = seen.get(&key(&page[at])).is_some_and(|times| *times >= 2);
            let number = page[at]
                .text
                .chars()
                .all(|c| c.is_numeric() || matches!(c, '-' | '–' | '/' | ' '));
            page[at].running |= repeated || number;
        }
    }
}

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    /// Its words on one line.
    pub(super) text: String,
    /// Size of its letters.
    pub(super) size: f64,
    /// Its typeface.
    pub(super) face: String,
    /// Whether it is the head or foot of a page.
    pub(super) running: bool,
}

/// Joins the lines of all pages to paragraphs. A paragraph may go on in the next column or on the next page.
pub(super) fn paragraphs(pages: &[Vec<Line>]) -> Vec<Paragraph> {
    let hyphens = Hyphens::new(pages);
    let mut all: Vec<Paragraph> = Vec::new();
    // The paragraph that is open, the heads and feet that stand in between, and the line before.
    let mut open: Option<Paragraph> = None;
    let mut between: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    let mut leading = None;
    for page in pages {
        let right = page
            .iter()
            .filter(|line| !line.running)
            .map(|line| line.to)
            .fold(0.0, f64::max);
        for line in page {
            if line.running {
                between.push(single(line));
                continue;
            }
            let joins = before.is_some_and(|last| goes_on(last, line, right, leading));
            match (&mut open, before) {
                (Some(paragraph), Some(last)) if joins => {
                    hyphens.join(&mut paragraph.text, &line.text);
                    let step = last.y - line.y;
                    leading = leading.or((step > 0.0).then_some(step));
                }
                _ => {
                    all.extend(open.take());
                    all.append(&mut between);
                    open = Some(single(line));
                    leading = None;
                }
            }
            before = Some(line);
        }
    }
    all.extend(open);
    all.append(&mut between);
    all
}

fn single(line: &Line) -> Paragraph {
    Paragraph {
        text: line.text.clone(),
        size: line.size,
        face: line.face.clone(),
        running: line.running,
    }
}

/// Whether a line goes on with the paragraph of the line before it. `right` is where the widest line of the page ends; `leading` the distance of the
/// paragraph's first two lines.
fn goes_on(last: &Line, line: &Line, right: f64, leading: Option<f64>) -> bool {
    let size = last.size.max(line.size);
    if (last.size - line.size).abs() > size * 0.08 {
        return false;
    }
    let step = last.y - line.y;
    let ends = last.text.ends_with(['.', '!', '?', '…', ':', '»', '”']);
    if step <= 0.0 || step > size * 6.0 {
        // The next column or page.
        let small = line.text.chars().next().is_some_and(char::is_lowercase);
        return small && !ends;
    }
    let close = match leading {
        Some(leading) => step <= leading * 1.15,
        None => step <= size * 1.75,
    };
    let indented = line.from > last.from + size * 0.8 && leading.is_some();
    // A line that ends early ends its paragraph, unless the page has ragged lines all over.
    let short = last.to < right - (right - last.from) * 0.35;
    let other_face = last.face != line.face && leading.is_none() && short;
    let begins_anew = indented || short && ends || other_face || is_item(&line.text);
    close && !begins_anew
}

/// Whether a line begins an item of a list.
fn is_item(text: &str) -> bool {
    text.starts_with(['•', '▪', '‣', '◦', '►'])
        || text.starts_with("– ")
        || text.starts_with("— ")
        || text.starts_with("- ")
}

/// The words with hyphens that stand within lines, which tell a hyphen of a word from one that only breaks a line.
struct Hyphens {
    words: std::collections::BTreeSet<String>,
}

impl Hyphens {
    fn new(pages: &[Vec<Line>]) -> Self {
        let lines = pages.iter().flatten().flat_map(|line| line.text.split_whitespace());
        let words = lines
            .filter(|word| word.trim_end_matches('-').contains('-'))
            .map(bare)
            .collect();
        Self { words }
    }

    /// Puts a line behind a paragraph. A word that was broken is made whole; its hyphen stays where the same word has it elsewhere, and before
    /// anything but a small letter.
    fn join(&self, paragraph: &mut String, line: &str) {
        let broken = paragraph
            .strip_suffix(['-', '\u{ad}'])
            .filter(|before| before.ends_with(char::is_alphabetic));
        let Some(before) = broken else {
            paragraph.push(' ');
            paragraph.push_str(line);
            return;
        };
        let head = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let tail = line.split_whitespace().next().unwrap_or_default();
        let hard = paragraph.ends_with('-')
            && (self.words.contains(&bare(&format!("{head}-{tail}"))) || !line.starts_with(char::is_lowercase));
        if !hard {
            paragraph.truncate(before.len());
        }
        paragraph.push_str(line);
    }
}

/// A word in small letters without the marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(from: f64, y: f64, text: &str) -> Run {
        Run {
            from,
            to: from + 5.0 * text.chars().count() as f64,
            y,
            size: 10.0,
            text: text.to_owned(),
            face: "F".to_owned(),
            artifact: false,
        }
    }

    fn texts(pages: &[Vec<Line>]) -> Vec<String> {
        paragraphs(pages).into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn gaps_are_spaces_and_steps_are_lines() {
        let runs = [
            run(0.0, 700.0, "One"),
            run(15.5, 700.0, "more"),
            run(40.0, 703.0, "line"),
            run(0.0, 688.0, "two"),
        ];
        let lines: Vec<String> = lines(&runs).into_iter().map(|line| line.text).collect();
        assert_eq!(lines, ["Onemore line", "two"]);
    }

    #[test]
    fn close_lines_are_a_paragraph() {
        let page = lines(&[
            run(0.0, 700.0, "The first line is long and goes"),
            run(0.0, 688.0, "on for a while until it ends."),
            run(0.0, 664.0, "Another paragraph that is inter-"),
            run(0.0, 652.0, "national and well-known to be well-"),
            run(0.0, 640.0, "known."),
        ]);
        assert_eq!(
            texts(&[page]),
            [
                "The first line is long and goes on for a while until it ends.",
                "Another paragraph that is international and well-known to be well-known."
            ]
        );
    }

    #[test]
    fn a_paragraph_goes_on_over_the_foot_of_a_page() {
        let foot = |number: &str| run(0.0, 20.0, number);
        let mut pages = vec![
            lines(&[run(0.0, 700.0, "A sentence that does not"), foot("Courier, 1")]),
            lines(&[
                run(0.0, 700.0, "end here but there."),
                run(0.0, 600.0, "The End"),
                foot("Courier, 2"),
            ]),
        ];
        mark_running(&mut pages);
        let paragraphs = paragraphs(&pages);
        let found: Vec<(&str, bool)> = paragraphs
            .iter()
            .map(|paragraph| (&*paragraph.text, paragraph.running))
            .collect();
        assert_eq!(
            found,
            [
                ("A sentence that does not end here but there.", false),
                ("Courier, 1", true),
                ("The End", false),
                ("Courier, 2", true),
            ]
        );
    }
}
