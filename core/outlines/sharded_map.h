// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <unordered_map>
#include <utility>

namespace nunatak::outlines {

/// Who may change a part of a value in place. A part of another owner is shared with a copy, perhaps on
/// another thread, and is copied before it is changed: nobody has to know how many hold it.
using Owner = std::shared_ptr<const char>;
inline Owner makeOwner() {
    return std::make_shared<const char>();
}

/// The part, made or copied where it is nobody's or another owner's. It has a member `owner`.
template <typename Part> Part& ownPart(std::shared_ptr<Part>& part, const Owner& owner) {
    if (!part) {
        part = std::make_shared<Part>();
        part->owner = owner;
    } else if (part->owner != owner) {
        part = std::make_shared<Part>(*part);
        part->owner = owner;
    }
    return *part;
}

/// A hash map in parts: a copy shares all of them, and a change copies one at most.
template <typename Key, typename Value, typename Hash> class ShardedMap {
public:
    std::size_t size() const { return m_size; }

    /// Null when there is none.
    const Value* find(const Key& key) const {
        const auto& shard = m_shards[numberOf(key)];
        if (!shard) {
            return nullptr;
        }
        const auto found = shard->entries.find(key);
        return found == shard->entries.end() ? nullptr : &found->second;
    }

    /// To be changed; made when there is none.
    Value& at(const Key& key, const Owner& owner) {
        const auto [place, isNew] = ownPart(m_shards[numberOf(key)], owner).entries.try_emplace(key);
        m_size += isNew ? 1 : 0;
        return place->second;
    }

    /// One that is there.
    void erase(const Key& key, const Owner& owner) {
        m_size -= ownPart(m_shards[numberOf(key)], owner).entries.erase(key);
    }

    template <typename Visit> void forEach(const Visit& visit) const {
        for (const auto& shard : m_shards) {
            if (shard) {
                for (const auto& [key, value] : shard->entries) {
                    visit(key, value);
                }
            }
        }
    }

private:
    struct Shard {
        std::unordered_map<Key, Value, Hash> entries;
        Owner owner;
    };
    static constexpr std::size_t shards = 256;

    static std::size_t numberOf(const Key& key) { return Hash()(key) % shards; }

    std::array<std::shared_ptr<Shard>, shards> m_shards;
    std::size_t m_size = 0;
};

} // namespace nunatak::outlines
