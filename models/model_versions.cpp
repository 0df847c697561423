// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/learning_record.h"

#include <algorithm>
#include <map>
#include <set>

namespace nunatak::models {

namespace {

/// Letters of Latin scripts without what is over and under them, by their UTF-8; what else there is, nothing.
char plainLetter(unsigned char first, unsigned char second) {
    if (first != 0xC3 || second < 0x80) {
        return 0;
    }
    constexpr char letters[] = "aaaaaaaceeeeiiiidnooooo"
                               "\0ouuuuy\0saaaaaaaceeeeiiiidnooooo\0ouuuuy\0y";
    return letters[second - 0x80];
}

} // namespace

std::string nameFromTitle(const std::string& title) {
    constexpr std::size_t longest = 80;
    std::string name;
    const auto gap = [&] {
        if (!name.empty() && name.back() != '-') {
            name += '-';
        }
    };
    for (std::size_t i = 0; i < title.size() && name.size() < longest; ++i) {
        const auto c = static_cast<unsigned char>(title[i]);
        if (c >= 'A' && c <= 'Z') {
            name += static_cast<char>(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') {
            name += static_cast<char>(c);
        } else if (c >= 0xC0 && i + 1 < title.size()) {
            if (const char plain = plainLetter(c, static_cast<unsigned char>(title[i + 1])); plain != 0) {
                name += plain;
            }
            while (i + 1 < title.size() && (static_cast<unsigned char>(title[i + 1]) & 0xC0) == 0x80) {
                ++i;
            }
        } else if (c == '.' && !name.empty() && name.back() != '-') {
            name += '.';
        } else {
            gap();
        }
    }
    while (!name.empty() && (name.back() == '-' || name.back() == '.')) {
        name.pop_back();
    }
    return name.empty() ? "model" : name;
}

std::vector<StoredModel> versionsOf(const StoredModel& model, const std::vector<StoredModel>& all) {
    std::map<std::string, const StoredModel*> known;
    for (const auto& each : all) {
        known.emplace(each.manifest.fingerprint, &each);
    }
    known[model.manifest.fingerprint] = &model;
    std::set<std::string> related{model.manifest.fingerprint};
    // Up to where it comes from, and then whatever comes from any of these.
    for (auto one = known.find(model.manifest.fingerprint);
         one != known.end() && !one->second->manifest.parent.empty() &&
         related.insert(one->second->manifest.parent).second;
         one = known.find(one->second->manifest.parent)) {
    }
    for (bool grows = true; grows;) {
        grows = false;
        for (const auto& [fingerprint, each] : known) {
            if (related.contains(each->manifest.parent) && !each->manifest.parent.empty()) {
                grows = related.insert(fingerprint).second || grows;
            }
        }
    }
    std::vector<StoredModel> versions;
    for (const auto& [fingerprint, each] : known) {
        if (related.contains(fingerprint)) {
            versions.push_back(*each);
        }
    }
    std::ranges::stable_sort(versions, [](const StoredModel& a, const StoredModel& b) {
        return std::pair(a.manifest.created, a.manifest.version) >
               std::pair(b.manifest.created, b.manifest.version);
    });
    return versions;
}

} // namespace nunatak::models
