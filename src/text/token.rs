//! Words, with where they stand and what separates them.
//!
//! A token is a word: letters or digits. Punctuation survives only as the [`Break`] before the next word,
//! so phrases match words whatever the case, quotes, hyphens or line breaks. Spans are bytes of the
//! original text; folding (lower case, no accents, no apostrophes) never shifts them.

use std::ops::Range;

/// What separates a word from the one before it, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// A space, a hyphen, a slash: nothing that a phrase may not cross.
    None,
    /// A comma.
    Comma,
    /// `;`, `:`, a bracket, a spaced dash.
    Clause,
    /// A full stop that may be part of an abbreviation; settled by [`Tokens::settle_stops`].
    Stop,
    /// The end of a sentence or a line.
    Sentence,
}

/// A word: bytes `start..end` of the text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    folded: (u32, u32),
    /// What stands between the previous word and this one.
    pub before: Break,
    /// Inside quotation marks; equal numbers are one quotation, 0 is none.
    pub quote: u16,
    /// Typed with a capital first letter.
    pub capital: bool,
    /// Typed with a possessive `'s` or `s'`.
    pub possessive: bool,
    /// A query (`?`) stands directly before the word: police shorthand for "possibly".
    pub queried: bool,
    /// Number of the sentence.
    pub sentence: u32,
}

/// All words of a text, folded once.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// In order.
    pub words: Vec<Token>,
    folded: String,
}

impl Tokens {
    /// Splits a text into words. Linear in its length.
    pub fn new(text: &str) -> Tokens {
        Splitter::default().run(text)
    }

    /// The word as it is compared: lower case, no accents, no apostrophes.
    pub fn folded(&self, at: usize) -> &str {
        let (start, end) = self.words[at].folded;
        &self.folded[start as usize..end as usize]
    }

    /// Decides which full stops end a sentence: not those after a word for which `is_abbreviation` says so.
    pub fn settle_stops(&mut self, is_abbreviation: impl Fn(usize, &str) -> bool) {
        let mut sentence = 0;
        for at in 0..self.words.len() {
            if self.words[at].before == Break::Stop {
                let abbreviated = at > 0 && is_abbreviation(at - 1, self.folded(at - 1));
                self.words[at].before = if abbreviated { Break::None } else { Break::Sentence };
            }
            if at > 0 && self.words[at].before == Break::Sentence {
                sentence += 1;
            }
            self.words[at].sentence = sentence;
        }
    }

    /// Word ranges of the sentences, in order.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = 0;
        for at in 1..=self.words.len() {
            if at == self.words.len() || self.words[at].sentence != self.words[start].sentence {
                out.push(start..at);
                start = at;
            }
        }
        out
    }

    /// Bytes covered by the words `range` (which must not be empty).
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        self.words[range.start].start as usize..self.words[range.end - 1].end as usize
    }
}

#[derive(Default)]
struct Splitter {
    out: Tokens,
    pending: Option<Break>,
    queried: bool,
    quote: u16,
    quotes: u16,
    quote_mark: Option<char>,
    quote_from: usize,
}

impl Splitter {
    fn run(mut self, text: &str) -> Tokens {
        self.out.folded.reserve(text.len());
        let mut chars = text.char_indices().peekable();
        let mut previous = ' ';
        while let Some((at, c)) = chars.next() {
            if c.is_alphanumeric() {
                let digits = c.is_numeric();
                let start = self.out.folded.len();
                fold(c, &mut self.out.folded);
                let mut end = at + c.len_utf8();
                let mut possessive = false;
                let mut numbered = false;
                while let Some(&(next_at, next)) = chars.peek() {
                    if next.is_alphanumeric() {
                        // "8yo" is two words, "S1" and "q18" are one: police shorthand for people and questions.
                        let lone_letter = !digits && end - at == c.len_utf8() && next.is_numeric();
                        if next.is_numeric() != (digits || numbered) && !lone_letter {
                            break;
                        }
                        numbered |= lone_letter;
                        fold(next, &mut self.out.folded);
                        end = next_at + next.len_utf8();
                        chars.next();
                    } else if is_apostrophe(next) && !digits {
                        let rest = &text[next_at + next.len_utf8()..];
                        let mut following = rest.chars();
                        match following.next() {
                            Some(letter) if letter.is_alphabetic() => {
                                let ends = !following.next().is_some_and(char::is_alphanumeric);
                                chars.next();
                                if ends && matches!(letter, 's' | 'S') {
                                    possessive = true;
                                    chars.next();
                                    end = next_at + next.len_utf8() + 1;
                                    break;
                                }
                            }
                            _ => break,
                        }
                    } else if is_joiner(next) {
                        chars.next();
                    } else {
                        break;
                    }
                }
                previous = 'a';
                let folded = (start as u32, self.out.folded.len() as u32);
                self.out.words.push(Token {
                    start: at as u32,
                    end: end as u32,
                    folded,
                    before: self.pending.take().unwrap_or(if self.out.words.is_empty() { Break::Sentence } else { Break::None }),
                    quote: self.quote,
                    capital: c.is_uppercase(),
                    possessive,
                    queried: std::mem::take(&mut self.queried),
                    sentence: 0,
                });
                continue;
            }
            let next = chars.peek().map_or(' ', |&(_, n)| n);
            self.punctuation(c, previous, next);
            previous = c;
        }
        if let Some(last) = self.out.words.first_mut() {
            last.before = Break::Sentence;
        }
        self.out
    }

    fn punctuation(&mut self, c: char, previous: char, next: char) {
        let spaced = next.is_whitespace();
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                self.raise(Break::Sentence);
                self.close_quote();
            }
            '!' => self.raise(Break::Sentence),
            '?' => {
                if spaced && previous == 'a' || next == '?' || next == '!' || is_quote_mark(next) {
                    self.raise(Break::Sentence);
                } else {
                    self.queried = true;
                }
            }
            '.' => {
                if next == '.' {
                    self.raise(Break::Clause);
                } else if spaced || is_quote_mark(next) || matches!(next, ')' | '\n') {
                    self.raise(Break::Stop);
                }
            }
            '…' => self.raise(Break::Clause),
            ',' => self.raise(Break::Comma),
            // "22:15" is one time.
            ':' if next.is_ascii_digit() => {}
            ';' | ':' | '(' | ')' | '[' | ']' | '|' => self.raise(Break::Clause),
            '•' | '*' | '—' => self.raise(Break::Clause),
            '-' | '–' | '>' | '=' if spaced && !previous.is_alphanumeric() => self.raise(Break::Clause),
            _ if is_quote_mark(c) => self.quote_mark(c, previous, next),
            _ => {}
        }
    }

    fn quote_mark(&mut self, c: char, previous: char, next: char) {
        if self.quote != 0 && self.quote_mark.is_some_and(|open| closes(open, c)) && (c != '\'' || !next.is_alphanumeric()) {
            self.close_quote();
            return;
        }
        // An opening mark stands before a word and not inside one.
        if self.quote == 0 && !previous.is_alphanumeric() && !next.is_whitespace() && c != '”' {
            // Only neighbours are compared, so the count may come round again; 0 stays "none".
            self.quotes = self.quotes.checked_add(1).unwrap_or(1);
            self.quote = self.quotes;
            self.quote_mark = Some(c);
            self.quote_from = self.out.words.len();
            self.raise(Break::Comma);
        }
    }

    fn close_quote(&mut self) {
        self.quote = 0;
        self.quote_mark = None;
        if self.quotes != 0 {
            self.raise(Break::Comma);
        }
    }

    fn raise(&mut self, to: Break) {
        self.pending = Some(self.pending.map_or(to, |was| was.max(to)));
    }
}

fn closes(open: char, close: char) -> bool {
    match open {
        '"' => matches!(close, '"' | '”'),
        '“' | '”' => matches!(close, '”' | '"'),
        '‘' | '\'' | '`' => matches!(close, '’' | '\''),
        '«' => close == '»',
        _ => false,
    }
}

fn is_quote_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '`' | '«' | '»')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

/// Characters that stand inside a word without being part of it.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}') || ('\u{300}'..='\u{36f}').contains(&c)
}

fn fold(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    let plain = match c {
        'à'..='å' | 'À'..='Å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'Ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'ı' => 'i',
        'ñ' | 'Ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ō' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' => 'u',
        'ý' | 'ÿ' | 'Ý' | 'ŷ' | 'Ŷ' => 'y',
        'ŵ' | 'Ŵ' => 'w',
        'ł' | 'Ł' => 'l',
        'ś' | 'š' | 'ş' | 'Š' => 's',
        'ź' | 'ž' | 'ż' => 'z',
        // Full-width Latin, as some phone keyboards give.
        'ａ'..='ｚ' => char::from(b'a' + (c as u32 - 'ａ' as u32) as u8),
        'Ａ'..='Ｚ' => char::from(b'a' + (c as u32 - 'Ａ' as u32) as u8),
        _ => {
            out.extend(c.to_lowercase());
            return;
        }
    };
    out.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let tokens = Tokens::new(text);
        (0..tokens.words.len()).map(|at| tokens.folded(at).to_owned()).collect()
    }

    #[test]
    fn folds_apostrophes_accents_and_digits() {
        assert_eq!(words("Didn’t see Oisín's 8yo step-dad S1"), ["didnt", "see", "oisin", "8", "yo", "step", "dad", "s1"]);
    }

    #[test]
    fn a_stop_inside_a_time_or_a_section_is_no_sentence_end() {
        let mut tokens = Tokens::new("At 21.40 s.47 approx. ten. Next");
        tokens.settle_stops(|_, word| word == "approx");
        let sentences: Vec<u32> = tokens.words.iter().map(|t| t.sentence).collect();
        assert_eq!(sentences.last(), Some(&1));
        assert_eq!(sentences.iter().filter(|&&s| s == 0).count(), 7);
    }

    #[test]
    fn quotations_are_numbered_and_apostrophes_are_not_quotations() {
        let tokens = Tokens::new("said \"I hid\" then 'go away' but didn't");
        let quoted: Vec<u16> = tokens.words.iter().map(|t| t.quote).collect();
        assert_eq!(quoted, [0, 1, 1, 0, 2, 2, 0, 0]);
    }
}
