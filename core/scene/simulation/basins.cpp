// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/basins.h"

#include "scene/simulation/drainage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace nunatak::scene::simulation {

namespace {

constexpr double diagonal = 1.4142135623730951;

/// Sets that grow together; the smallest member names each.
class Groups {
public:
    explicit Groups(std::size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), 0); }
    int find(int member) {
        while (m_parent[static_cast<std::size_t>(member)] != member) {
            auto& parent = m_parent[static_cast<std::size_t>(member)];
            parent = m_parent[static_cast<std::size_t>(parent)];
            member = parent;
        }
        return member;
    }
    void join(int a, int b) {
        a = find(a);
        b = find(b);
        m_parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
    }

private:
    std::vector<int> m_parent;
};

/// Where the flow of a cell goes: a cardinal and a diagonal neighbour, with what share each.
struct Fall {
    std::array<int, 2> to{-1, -1};
    std::array<double, 2> share{0, 0};
    double distance = 0; ///< cells
};

/// The steepest of the eight triangles between a cell and two neighbours in a row.
Fall steepestFall(const Drainage& drainage, int row, int column) {
    static constexpr std::array<std::array<int, 2>, 8> around{
        {{0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}, {1, 0}, {1, 1}}};
    const Field& level = drainage.filled;
    const int rows = level.rows();
    const int columns = level.columns();
    const double here = level.at(0, row, column);
    Fall best;
    double steepest = 0;
    for (int facet = 0; facet < 8; ++facet) {
        const auto& first = around[static_cast<std::size_t>(facet)];
        const auto& second = around[static_cast<std::size_t>((facet + 1) % 8)];
        const auto& side = first[0] == 0 || first[1] == 0 ? first : second;
        const auto& corner = first[0] == 0 || first[1] == 0 ? second : first;
        const int cornerRow = row + corner[0];
        const int cornerColumn = column + corner[1];
        if (cornerRow < 0 || cornerColumn < 0 || cornerRow >= rows || cornerColumn >= columns) {
            continue;
        }
        const double sideLevel = level.at(0, row + side[0], column + side[1]);
        const double cornerLevel = level.at(0, cornerRow, cornerColumn);
        const double down = here - sideLevel;
        const double across = sideLevel - cornerLevel;
        double part = 0; // where between the two neighbours the flow arrives
        double slope = down;
        if (down <= 0 || across >= down) {
            part = 1;
            slope = (here - cornerLevel) / diagonal;
        } else if (across > 0) {
            part = across / down;
            slope = std::sqrt(down * down + across * across);
        }
        if (slope > steepest) {
            steepest = slope;
            best.to = {(row + side[0]) * columns + column + side[1], cornerRow * columns + cornerColumn};
            best.share = {1 - part, part};
            best.distance = std::sqrt(1 + part * part);
        }
    }
    if (steepest <= 0) { // filled: towards the outlet
        best.to = {drainage.receiver[static_cast<std::size_t>(row * columns + column)], -1};
        best.share = {1, 0};
        best.distance = 1;
    }
    return best;
}

/// Ends side by side, or with a cell between, are one front.
void joinFronts(const Image<std::uint8_t>& ends, Groups& groups) {
    const int columns = ends.columns();
    for (int row = 0; row < ends.rows(); ++row) {
        for (int column = 0; column < columns; ++column) {
            if (ends.at(0, row, column) == 0) {
                continue;
            }
            for (int y = row; y <= std::min(row + 2, ends.rows() - 1); ++y) {
                for (int x = std::max(column - 2, 0); x <= std::min(column + 2, columns - 1); ++x) {
                    if (ends.at(0, y, x) != 0) {
                        groups.join(row * columns + column, y * columns + x);
                    }
                }
            }
        }
    }
}

/// Where ice ends: the cells whose flow leaves it, in groups that reach the same stream.
Groups groupsOfEnds(const Image<std::uint8_t>& ice, const Drainage& drainage, int reach) {
    const auto& covered = ice.values();
    Groups groups(covered.size());
    Image<std::uint8_t> ends(1, ice.rows(), ice.columns());
    for (const int pixel : drainage.order) {
        if (covered[static_cast<std::size_t>(pixel)] == 0) {
            continue;
        }
        int next = drainage.receiver[static_cast<std::size_t>(pixel)];
        if (covered[static_cast<std::size_t>(next)] != 0) {
            continue;
        }
        ends.values()[static_cast<std::size_t>(pixel)] = 1;
        for (int step = 0; step < reach; ++step) {
            groups.join(pixel, next);
            const int further = drainage.receiver[static_cast<std::size_t>(next)];
            if (further == next || covered[static_cast<std::size_t>(next)] != 0) {
                break;
            }
            next = further;
        }
    }
    joinFronts(ends, groups);
    return groups;
}

struct Candidate {
    int number = 0;
    double share = 0;
};

/// A few candidates, their shares added up by number.
class Candidates {
public:
    void add(int number, double share) {
        for (auto& candidate : m_all) {
            if (candidate.number == number || candidate.number == 0) {
                candidate.number = number;
                candidate.share += share;
                return;
            }
        }
    }
    std::array<Candidate, 4 * Basins::most>& sorted() {
        std::sort(m_all.begin(), m_all.end(), [](const Candidate& a, const Candidate& b) {
            return a.share != b.share ? a.share > b.share : a.number > b.number;
        });
        return m_all;
    }

private:
    std::array<Candidate, 4 * Basins::most> m_all{};
};

class Parting {
public:
    Parting(const Image<std::uint8_t>& ice, const Field& surface, double cell, double reach)
        : m_ice(ice), m_cell(cell), m_drainage(drainageOf(surface)),
          m_groups(groupsOfEnds(ice, m_drainage, static_cast<int>(reach / cell))) {
        m_basins.numbers = Image<std::int32_t>(Basins::most, ice.rows(), ice.columns());
        m_basins.shares = Field(Basins::most, ice.rows(), ice.columns());
        m_basins.length = Field(1, ice.rows(), ice.columns());
    }

    Basins run() {
        for (const int pixel : fromBelow()) { // where the flow goes is known already
            follow(pixel);
        }
        renumber();
        return std::move(m_basins);
    }

private:
    /// All ice, lowest first; on level surfaces in the order of the drainage.
    std::vector<int> fromBelow() const {
        std::vector<int> pixels;
        for (const int pixel : m_drainage.order) {
            if (m_ice.values()[static_cast<std::size_t>(pixel)] != 0) {
                pixels.push_back(pixel);
            }
        }
        const auto& level = m_drainage.filled.values();
        std::stable_sort(pixels.begin(), pixels.end(), [&](int a, int b) {
            return level[static_cast<std::size_t>(a)] < level[static_cast<std::size_t>(b)];
        });
        return pixels;
    }

    void follow(int pixel) {
        const int columns = m_ice.columns();
        Fall fall = steepestFall(m_drainage, pixel / columns, pixel % columns);
        const auto covered = [&](int cell) {
            return cell >= 0 && cell != pixel && m_ice.values()[static_cast<std::size_t>(cell)] != 0;
        };
        const double left =
            (covered(fall.to[0]) ? fall.share[0] : 0) + (covered(fall.to[1]) ? fall.share[1] : 0);
        const int receiver = m_drainage.receiver[static_cast<std::size_t>(pixel)];
        if (left < 0.5 && covered(receiver)) {
            fall = {{receiver, -1}, {1, 0}, fall.distance};
        }
        Candidates candidates;
        double onIce = 0;
        double length = 0;
        for (std::size_t k = 0; k < 2; ++k) {
            const int to = fall.to[k];
            if (fall.share[k] <= 0 || !covered(to)) {
                continue;
            }
            onIce += fall.share[k];
            length += fall.share[k] * m_basins.length.values()[static_cast<std::size_t>(to)];
            for (int i = 0; i < Basins::most; ++i) {
                const auto at =
                    m_basins.shares.bandSize() * static_cast<std::size_t>(i) + static_cast<std::size_t>(to);
                if (m_basins.numbers.values()[at] != 0) {
                    candidates.add(m_basins.numbers.values()[at],
                                   fall.share[k] * m_basins.shares.values()[at]);
                }
            }
        }
        if (onIce < 0.5) { // the end of a tongue
            keep(pixel, 0, m_groups.find(pixel) + 1, 1);
            return;
        }
        m_basins.length.values()[static_cast<std::size_t>(pixel)] =
            static_cast<float>(length / onIce + fall.distance * m_cell);
        const auto& sorted = candidates.sorted();
        double sum = 0;
        for (int i = 0; i < Basins::most; ++i) {
            sum += sorted[static_cast<std::size_t>(i)].share;
        }
        for (int i = 0; i < Basins::most; ++i) {
            const auto& candidate = sorted[static_cast<std::size_t>(i)];
            keep(pixel, i, candidate.number, candidate.share / sum);
        }
    }

    void keep(int pixel, int band, int number, double share) {
        const auto at =
            m_basins.shares.bandSize() * static_cast<std::size_t>(band) + static_cast<std::size_t>(pixel);
        m_basins.numbers.values()[at] = number;
        m_basins.shares.values()[at] = static_cast<float>(share);
    }

    /// Names of groups become 1, 2, 3 … in reading order of their northernmost cells.
    void renumber() {
        std::map<int, int> fresh;
        m_basins.longest.assign(1, 0.0);
        for (std::size_t i = 0; i < m_basins.numbers.values().size(); ++i) {
            auto& number = m_basins.numbers.values()[i];
            if (number == 0) {
                continue;
            }
            const auto [it, isNew] = fresh.try_emplace(number, static_cast<int>(fresh.size()) + 1);
            number = it->second;
            if (isNew) {
                m_basins.longest.push_back(0);
            }
            if (i < m_basins.length.values().size()) {
                auto& longest = m_basins.longest[static_cast<std::size_t>(number)];
                longest = std::max<double>(longest, m_basins.length.values()[i]);
            }
        }
        m_basins.count = static_cast<int>(fresh.size());
    }

    const Image<std::uint8_t>& m_ice;
    double m_cell;
    Drainage m_drainage;
    Groups m_groups;
    Basins m_basins;
};

} // namespace

Basins basinsOf(const Image<std::uint8_t>& ice, const Field& surface, double cell, double reach) {
    return Parting(ice, surface, cell, reach).run();
}

int basinAt(const Basins& basins, double column, double row) {
    const int rows = basins.numbers.rows();
    const int columns = basins.numbers.columns();
    const int x0 = static_cast<int>(std::floor(column));
    const int y0 = static_cast<int>(std::floor(row));
    Candidates candidates;
    for (int dy = 0; dy < 2; ++dy) {
        for (int dx = 0; dx < 2; ++dx) {
            const int y = std::clamp(y0 + dy, 0, rows - 1);
            const int x = std::clamp(x0 + dx, 0, columns - 1);
            const double weight =
                (dx == 0 ? 1 - (column - x0) : column - x0) * (dy == 0 ? 1 - (row - y0) : row - y0);
            for (int i = 0; i < Basins::most; ++i) {
                const int number = basins.numbers.at(i, y, x);
                if (number != 0) {
                    candidates.add(number, weight * basins.shares.at(i, y, x));
                }
            }
        }
    }
    return candidates.sorted()[0].number;
}

} // namespace nunatak::scene::simulation
