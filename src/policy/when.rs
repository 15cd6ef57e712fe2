//! The rule notation of indicators: `strangulation and fact:child-in-home`,
//! `count(a, b, c) >= 2`, `not reassurance`, `bruise about child`, `answer:q18`.

use super::source::About;

/// A parsed rule.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// A concept is stated, about somebody.
    Concept(String, Option<About>),
    /// A fact of the form holds.
    Fact(String),
    /// A question is answered yes.
    Answer(String),
    /// All hold.
    All(Vec<When>),
    /// Any holds.
    Any(Vec<When>),
    /// It does not hold.
    Not(Box<When>),
    /// At least so many hold.
    Count(Vec<When>, u32),
}

impl When {
    /// Reads the notation; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<When, String> {
        let mut parser = Parser { words: split(text), at: 0 };
        let out = parser.any()?;
        match parser.peek() {
            None => Ok(out),
            Some(word) => Err(format!("\"{word}\" is one word too many")),
        }
    }

    /// Calls `visit` on every concept named.
    pub fn concepts<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            When::Concept(name, _) => visit(name),
            When::Fact(_) | When::Answer(_) => {}
            When::All(parts) | When::Any(parts) | When::Count(parts, _) => parts.iter().for_each(|part| part.concepts(visit)),
            When::Not(part) => part.concepts(visit),
        }
    }

    /// Calls `visit` on every fact named.
    pub fn facts<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            When::Fact(name) => visit(name),
            When::Concept(..) | When::Answer(_) => {}
            When::All(parts) | When::Any(parts) | When::Count(parts, _) => parts.iter().for_each(|part| part.facts(visit)),
            When::Not(part) => part.facts(visit),
        }
    }
}

fn split(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if c.is_whitespace() || "(),".contains(c) {
            if !word.is_empty() {
                out.push(std::mem::take(&mut word));
            }
            if !c.is_whitespace() {
                out.push(c.to_string());
            }
        } else {
            word.push(c);
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

struct Parser {
    words: Vec<String>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<&str> {
        self.words.get(self.at).map(String::as_str)
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, word: &str) -> Result<(), String> {
        if self.take(word) { Ok(()) } else { Err(format!("\"{word}\" is missing{}", self.place())) }
    }

    fn place(&self) -> String {
        match self.peek() {
            Some(word) => format!(" before \"{word}\""),
            None => " at the end".into(),
        }
    }

    fn any(&mut self) -> Result<When, String> {
        let mut parts = vec![self.all()?];
        while self.take("or") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { When::Any(parts) })
    }

    fn all(&mut self) -> Result<When, String> {
        let mut parts = vec![self.one()?];
        while self.take("and") {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { When::All(parts) })
    }

    fn one(&mut self) -> Result<When, String> {
        if self.take("not") {
            return Ok(When::Not(Box::new(self.one()?)));
        }
        if self.take("(") {
            let inner = self.any()?;
            self.expect(")")?;
            return Ok(inner);
        }
        let Some(word) = self.peek().map(str::to_owned) else {
            return Err("something is missing at the end".into());
        };
        if ["and", "or", ")", ",", "about", ">="].contains(&word.as_str()) {
            return Err(format!("something is missing before \"{word}\""));
        }
        self.at += 1;
        if word == "count" && self.take("(") {
            let mut parts = vec![self.any()?];
            while self.take(",") {
                parts.push(self.any()?);
            }
            self.expect(")")?;
            self.expect(">=")?;
            let least = self.peek().and_then(|number| number.parse().ok()).ok_or("a number must follow \">=\"")?;
            self.at += 1;
            return Ok(When::Count(parts, least));
        }
        if let Some(name) = word.strip_prefix("fact:") {
            return Ok(When::Fact(name.to_owned()));
        }
        if word == "fact" && self.take("(") {
            let name = self.peek().map(str::to_owned).ok_or("a fact is missing")?;
            self.at += 1;
            self.expect(")")?;
            return Ok(When::Fact(name));
        }
        if let Some(name) = word.strip_prefix("answer:") {
            return Ok(When::Answer(name.to_owned()));
        }
        let about = if self.take("about") {
            let whom = self.peek().map(str::to_owned).unwrap_or_default();
            self.at += 1;
            Some(match whom.as_str() {
                "child" => About::Child,
                "victim" => About::Victim,
                "suspect" => About::Suspect,
                "adult" => About::Adult,
                "any" => About::Any,
                _ => {
                    return Err(format!("\"about {whom}\": it must be child, victim, suspect, adult or any"));
                }
            })
        } else {
            None
        };
        Ok(When::Concept(word, about))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_notation() {
        let rule = When::parse("bruise about child and (fact:child-under-1 or not fact(child-mobile)) and count(a, b, c) >= 2").expect("a good rule");
        let When::All(parts) = rule else { panic!("all of three") };
        assert_eq!(parts[0], When::Concept("bruise".into(), Some(About::Child)));
        assert!(matches!(&parts[1], When::Any(either) if either.len() == 2));
        assert!(matches!(&parts[2], When::Count(of, 2) if of.len() == 3));
    }

    #[test]
    fn says_what_is_wrong() {
        for wrong in ["", "a and", "a b", "(a", "count(a) >= x", "a about dog", "or a"] {
            assert!(When::parse(wrong).is_err(), "{wrong} should be refused");
        }
    }
}
