// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

namespace nunatak::scene::products {

/// The metadata file of a Landsat product (*_MTL): groups of names and values. The same name stands in
/// several groups (a Level-2 file repeats the reflectance factors of Level-1), so a value is asked for with
/// its group.
class Mtl {
public:
    /// Reads any of the three notations, told apart by their first character: the text one (ODL), JSON, XML.
    /// `name` is the file's, for messages. Throws Error.
    static Mtl parse(const std::string& text, const std::string& name);

    bool has(const std::string& group, const std::string& key) const;
    bool hasGroup(const std::string& group) const { return m_groups.contains(group); }
    /// Throws Error when it is missing.
    const std::string& text(const std::string& group, const std::string& key) const;
    /// Throws Error when it is missing or no number.
    double number(const std::string& group, const std::string& key) const;
    const std::string& name() const { return m_name; }

private:
    void readOdl(const std::string& text);
    void readJson(const std::string& text);
    void readXml(const std::string& text);

    std::string m_name;
    std::map<std::string, std::map<std::string, std::string>> m_groups;
};

} // namespace nunatak::scene::products
