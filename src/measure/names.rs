//! Common given names, which show when a whole cast has names from one place.
//!
//! A list cannot show where somebody is from. It can show the most common lapse of courses in English: everybody is called
//! John or Mary. The names are those given most often in the United States over the last hundred years, from the Social
//! Security Administration ("Top Names Over the Last 100 Years", public domain), without the Spanish ones.

const COMMON: &str = "\
James Michael Robert John David William Richard Joseph Thomas Christopher Charles Daniel Matthew Anthony Mark Steven \
Donald Andrew Joshua Paul Kenneth Kevin Brian Timothy Ronald Jason George Edward Jeffrey Ryan Jacob Nicholas Gary Eric \
Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick Frank Raymond Jack Dennis Jerry \
Tyler Aaron Adam Nathan Henry Zachary Douglas Peter Kyle Noah Ethan Jeremy Christian Walter Keith Austin Roger Terry \
Sean Gerald Carl Dylan Harold Jordan Jesse Bryan Lawrence Arthur Gabriel Bruce Logan Billy Joe Alan Elijah Willie Albert \
Wayne Randy Mason Vincent Liam Roy Bobby Caleb Bradley Russell Lucas Mary Patricia Jennifer Linda Elizabeth Barbara \
Susan Jessica Karen Sarah Lisa Nancy Sandra Betty Ashley Emily Kimberly Margaret Donna Michelle Carol Amanda Melissa \
Deborah Stephanie Dorothy Rebecca Sharon Laura Cynthia Amy Kathleen Angela Shirley Brenda Emma Anna Pamela Nicole \
Samantha Katherine Christine Helen Debra Rachel Carolyn Janet Catherine Heather Diane Olivia Julie Joyce Victoria Ruth \
Virginia Lauren Kelly Christina Joan Evelyn Judith Andrea Hannah Megan Cheryl Jacqueline Martha Madison Teresa Gloria \
Sara Janice Ann Kathryn Abigail Sophia Frances Jean Alice Judy Isabella Julia Grace Amber Denise Danielle Marilyn \
Beverly Charlotte Natalie Theresa Diana Brittany Doris Kayla Alexis Lori Marie";

/// Titles, which are not names.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "the"];

/// Whether the given name of a full name is one of the commonest. `None` for a single name, or for anything but a person.
pub fn is_common(full: &str) -> Option<bool> {
    let words: Vec<&str> = full.split_whitespace().collect();
    let [given, _, ..] = words.as_slice() else { return None };
    let title = given.trim_end_matches('.').to_lowercase();
    (!TITLES.contains(&title.as_str())).then(|| COMMON.split(' ').any(|name| name == *given))
}

#[cfg(test)]
mod tests {
    use super::is_common;

    #[test]
    fn names_are_distinguished_from_titles_and_places() {
        assert_eq!(is_common("Susan Miller"), Some(true));
        assert_eq!(is_common("Eun-ji Baek"), Some(false));
        assert_eq!(
            (is_common("Ms. Baek"), is_common("Susan"), is_common("The line at Mill Street")),
            (None, None, None)
        );
    }
}
