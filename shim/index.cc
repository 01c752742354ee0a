// SPDX-License-Identifier: GPL-2.0-or-later
// The header is C, where a struct and a function may share a name.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include "shim/index.h"
#include "shim/bundle.h"
#include "shim/hash.h"
#pragma GCC diagnostic pop

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <new>
#include <queue>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <xapian.h>

#include "shim/mem.h"
#include "shim/message.h"

namespace {

// Lets new go through the allocator of mem.h, so that fault tests reach it.
struct Allocated {
    static void *operator new(std::size_t size) {
        void *block = gaz_malloc(size);
        if (!block)
            throw std::bad_alloc();
        return block;
    }
    static void operator delete(void *block) {
        gaz_free(block);
    }
};

} // namespace

namespace {

struct FreeBundle {
    void operator()(struct gaz_bundle *bundle) const {
        gaz_bundle_free(bundle);
    }
};

// A bundle that was read lately: queries go over the documents of one, and often over the same ones twice.
struct Recent {
    Xapian::docid number = 0; // 0: none
    std::shared_ptr<struct gaz_bundle> bundle;
};

} // namespace

namespace {

// An index that is read, alone or as a part of several: a folder, or a server or program of one.
struct Source {
    enum Kind { FOLDER, SERVER, PROGRAM } kind;
    std::string name; // the folder, HOST:PORT, or the command
};

struct Part {
    std::string name;
    Xapian::Database database;
};

} // namespace

struct gaz_index : Allocated {
    explicit gaz_index(const char *name) : place(name) {
    }
    std::string place; // for messages
    std::vector<Source> sources;
    bool partial = false;
    std::vector<std::string> missing; // names of sources that cannot be opened
    std::vector<Part> parts;          // the others
    Xapian::Database database;        // all parts as one, but for metadata, of which it gives the first one's
    std::string sheet;                // read last
    std::vector<Xapian::docid> masked; // removed bundles, ascending
    std::array<Recent, 128> recent;
    int walks = 0; // visits and holds; reopening would pull the ground from under them
};

// Keeps other writers of ours out of a folder as long as it lives. Xapian locks an index, too, but only once
// it is decided how to open it. Where the file system knows no such lock, there is that of Xapian alone.
class FolderLock {
  public:
    explicit FolderLock(const std::string &folder) {
        mkdir(folder.c_str(), 0777); // what is wrong with the folder is told when it is opened
        folder_ = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder_ < 0 || flock(folder_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
            return;
        close(folder_);
        throw Xapian::DatabaseLockError("already locked");
    }
    ~FolderLock() {
        if (folder_ >= 0)
            close(folder_);
    }
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

  private:
    int folder_;
};

// How the index at PLACE is opened for writing. One that nothing was ever committed to, because the run that
// made it was ended, is made anew: Xapian would not open it when it is not finished, and would give it lists
// of terms when it is.
int flags_for(const std::string &place, bool replicable) {
    std::error_code missing;
    bool is_finished = std::filesystem::exists(place + "/iamglass", missing);
    bool is_new = is_finished ? Xapian::Database(place).get_revision() == 0
                              : std::filesystem::file_size(place + "/postlist.glass", missing) == 0;
    int action = is_new ? Xapian::DB_CREATE_OR_OVERWRITE : Xapian::DB_CREATE_OR_OPEN;
    return action | Xapian::DB_BACKEND_GLASS | (replicable ? 0 : Xapian::DB_NO_TERMLIST);
}

struct gaz_index_writer : Allocated {
    gaz_index_writer(const char *dir, bool replicable)
        : place(dir), lock(place), database(place, flags_for(place, replicable)) {
    }
    std::string place;
    FolderLock lock;
    Xapian::WritableDatabase database;
    std::unordered_map<std::string, unsigned> generations; // of owners met
    bool in_batch = false;                                 // a transaction holds all since the last commit
    bool has_format = false;                               // the index says of which format it is
    enum gaz_status failure = GAZ_OK; // what broke the batch; nothing is written any more
};

namespace {

// An error that has been reported already.
struct Failed {
    enum gaz_status status;
};

std::string string_of(struct gaz_index_bytes bytes) {
    return bytes.len ? std::string(bytes.data, bytes.len) : std::string();
}

struct gaz_index_bytes bytes_of(const std::string &string) {
    return {string.data(), string.size()};
}

// What a network error says of whom it is about; NULL when it is not one.
const char *server_of(const Xapian::Error &error) noexcept {
    return error.get_context().empty() ? nullptr : error.get_context().c_str();
}

// Many of Xapian's messages name the place already.
enum gaz_status report(struct gaz_err *err, enum gaz_status status, const char *place,
                       const Xapian::Error &error, const char *advice) noexcept {
    const std::string &message = error.get_msg();
    const char *system = error.get_error_string();
    const char *server = server_of(error);
    if (server)
        place = server;
    bool is_named = message.find(place) != std::string::npos;

    return gaz_err_set(err, status, "%s%s%s%s%s%s: %s", is_named ? "" : place, is_named ? "" : ": ",
                       message.c_str(), system ? " (" : "", system ? system : "", system ? ")" : "",
                       _(advice));
}

// Whether what Xapian could not open is not there, or is something else. Of the system's reason there is only
// the text, in English or not.
bool is_absent(const Xapian::Error &error) noexcept {
    const char *system = error.get_error_string();
    if (!system)
        return true;
    for (int reason : {ENOENT, ENOTDIR})
        if (strcmp(system, strerror(reason)) == 0 || strcmp(system, strerrordesc_np(reason)) == 0)
            return true;
    return false;
}

// The lock may also fail for a reason that waiting does not cure, which only Xapian's message tells.
enum gaz_status report_lock(struct gaz_err *err, const char *place,
                            const Xapian::DatabaseLockError &error) noexcept {
    if (error.get_msg().find("already locked") == std::string::npos)
        return report(err, GAZ_ERR_IO, place, error, "check permissions and the file system");
    return gaz_err_set(err, GAZ_ERR_BUSY,
                       "%s: another process is writing this index: try again when it has finished", place);
}

// Maps the exception being handled to a status. The order of the clauses matters: derived classes come first.
enum gaz_status translate(struct gaz_err *err, const char *place) noexcept {
    try {
        throw;
    } catch (const std::bad_alloc &) {
        return gaz_err_memory(err);
    } catch (const Failed &failed) {
        return failed.status;
    } catch (const Xapian::DatabaseLockError &error) {
        return report_lock(err, place, error);
    } catch (const Xapian::DatabaseModifiedError &) {
        return gaz_err_set(err, GAZ_ERR_BUSY, "%s: the index was changed while it was read: try again",
                           place);
    } catch (const Xapian::DatabaseVersionError &error) {
        return report(err, GAZ_ERR_VERSION, place, error, "remove it and index again");
    } catch (const Xapian::DatabaseCorruptError &error) {
        return report(err, GAZ_ERR_CORRUPT, place, error, "rebuild the index");
    } catch (const Xapian::DatabaseOpeningError &error) {
        if (is_absent(error))
            return report(err, GAZ_ERR_NO_INDEX, place, error, "name the folder of an index");
        return report(err, GAZ_ERR_IO, place, error, "check permissions and free space");
    } catch (const Xapian::DatabaseCreateError &error) {
        return report(err, GAZ_ERR_IO, place, error, "name a folder, in one that exists and may be written");
    } catch (const Xapian::DatabaseClosedError &error) {
        return report(err, GAZ_ERR_INTERNAL, place, error, "this is a defect");
    } catch (const Xapian::DatabaseError &error) {
        if (!error.get_error_string()) // what it read makes no sense
            return report(err, GAZ_ERR_CORRUPT, place, error, "rebuild the index");
        return report(err, GAZ_ERR_IO, place, error, "check permissions and free space");
    } catch (const Xapian::NetworkError &error) {
        return report(err, GAZ_ERR_IO, place, error, "check that the remote index is being served");
    } catch (const Xapian::DocNotFoundError &error) {
        return report(err, GAZ_ERR_NOT_FOUND, place, error, "it may have been removed");
    } catch (const Xapian::FeatureUnavailableError &error) {
        return report(err, GAZ_ERR_UNSUPPORTED, place, error, "another build of Xapian is needed");
    } catch (const Xapian::UnimplementedError &error) {
        return report(err, GAZ_ERR_UNSUPPORTED, place, error, "this kind of index cannot do it");
    } catch (const Xapian::InvalidArgumentError &error) {
        return report(err, GAZ_ERR_ARGUMENT, place, error, "correct the argument");
    } catch (const Xapian::Error &error) {
        return report(err, GAZ_ERR_INTERNAL, place, error, "this is a defect");
    } catch (const std::filesystem::filesystem_error &error) {
        return gaz_err_set(err, GAZ_ERR_IO, "%s: check permissions and free space", error.what());
    } catch (const std::exception &error) {
        return gaz_err_set(err, GAZ_ERR_INTERNAL, "%s: %s: this is a defect", place, error.what());
    } catch (...) {
        return gaz_err_set(err, GAZ_ERR_INTERNAL, "%s: unknown exception: this is a defect", place);
    }
}

// Runs BODY, which returns a status, and lets no exception out.
template <typename Body> enum gaz_status guard(const char *place, struct gaz_err *err, Body body) noexcept {
    try {
        return body();
    } catch (...) {
        return translate(err, place);
    }
}

// --- format ---

const char FORMAT_KEY[] = "format";

// Whether DATABASE is of the format that this program writes. One that nothing was committed to is of any.
enum gaz_status check_format(const Xapian::Database &database, const char *place, struct gaz_err *err) {
    std::string format = database.get_metadata(FORMAT_KEY);
    if (format == std::to_string(int{GAZ_INDEX_FORMAT}) || (format.empty() && database.get_lastdocid() == 0))
        return GAZ_OK;
    long number = format.empty() ? 1 : std::strtol(format.c_str(), nullptr, 10);
    if (number > GAZ_INDEX_FORMAT)
        return gaz_err_set(err, GAZ_ERR_VERSION,
                           "%s: the index is of format %ld, this program reads %d: use a newer program",
                           place, number, int{GAZ_INDEX_FORMAT});
    return gaz_err_set(err, GAZ_ERR_VERSION,
                       "%s: the index is of format %ld, this program reads %d: index the files into a new "
                       "folder, or --export with the program that made it and --import with this one",
                       place, number, int{GAZ_INDEX_FORMAT});
}

// --- docids ---
//
// A docid is the number of the bundle and, in the last byte, that of the document in it.
constexpr unsigned BUNDLE_SHIFT = 8;
constexpr Xapian::docid BUNDLES_MAX = std::numeric_limits<uint32_t>::max() >> BUNDLE_SHIFT;

uint32_t docid_of(Xapian::docid bundle, std::size_t at) {
    return static_cast<uint32_t>(bundle << BUNDLE_SHIFT | at);
}

// Bundles, their sheets and digests are kept as metadata: these are read without more ado than a look into
// the tree of blocks, also from a server, which gives the data of documents only where it has lists of their
// terms.
constexpr char SHEET = '\x01', BUNDLE = '\x02', DIGEST = '\x03';

std::string key_of(char kind, Xapian::docid bundle) {
    return {kind, static_cast<char>(bundle >> 24), static_cast<char>(bundle >> 16),
            static_cast<char>(bundle >> 8), static_cast<char>(bundle)};
}

// --- owners ---
//
// Each bundle carries a term of its owner and the generation: how often the owner was removed before. A
// removal adds a document without content that carries the grave of that generation. As graves are terms,
// they are seen through several indexes and servers, and compaction keeps them.
const std::string OWNED = "\x02", GRAVE = "\x03", SEPARATOR = "\x02";

std::string owned_by(const std::string &owner, unsigned generation) {
    return owner + SEPARATOR + std::to_string(generation);
}

// Terms that are ours and no one else's: owners, graves, marks of rare terms, ranges, GAZ_BUNDLE_EVERY.
bool is_reserved(const std::string &term) {
    return !term.empty() && term[0] >= '\x01' && term[0] <= '\x05';
}

// The generation that OWNER's bundles have now.
unsigned find_generation(const Xapian::Database &database, const std::string &owner) {
    unsigned generation = 0;
    while (database.term_exists(GRAVE + owned_by(owner, generation)))
        generation++;
    return generation;
}

// The bundles whose generation is in its grave.
std::vector<Xapian::docid> find_masked(const Xapian::Database &database) {
    std::vector<Xapian::docid> masked;
    Xapian::TermIterator end = database.allterms_end(GRAVE);
    for (Xapian::TermIterator at = database.allterms_begin(GRAVE); at != end; ++at) {
        std::string owned = OWNED + (*at).substr(GRAVE.size());
        masked.insert(masked.end(), database.postlist_begin(owned), database.postlist_end(owned));
    }
    std::sort(masked.begin(), masked.end());
    return masked;
}

bool is_masked(const struct gaz_index &index, Xapian::docid bundle) {
    return std::binary_search(index.masked.begin(), index.masked.end(), bundle);
}

// --- parts ---

constexpr unsigned TIMEOUT = 10000; // ms for a server to answer

Xapian::Database open_source(const Source &source) {
    std::size_t cut;
    switch (source.kind) {
    case Source::SERVER:
        cut = source.name.rfind(':');
        return Xapian::Remote::open(source.name.substr(0, cut),
                                    static_cast<unsigned>(std::stoul(source.name.substr(cut + 1))), TIMEOUT,
                                    TIMEOUT);
    case Source::PROGRAM:
        cut = source.name.find(' ');
        return Xapian::Remote::open(source.name.substr(0, cut),
                                    cut == std::string::npos ? "" : source.name.substr(cut + 1), TIMEOUT);
    case Source::FOLDER:
        break;
    }
    return Xapian::Database(source.name);
}

// Opens SOURCE as the next of PARTS, or notes that a partial index lacks it. An error names it.
enum gaz_status open_part(struct gaz_index &index, const Source &source, std::vector<Part> &parts,
                          struct gaz_err *err) {
    struct gaz_err reason = {};
    enum gaz_status status = guard(source.name.c_str(), &reason, [&] {
        parts.push_back({source.name, open_source(source)});
        return check_format(parts.back().database, source.name.c_str(), &reason);
    });
    bool unreachable = status == GAZ_ERR_IO || status == GAZ_ERR_NO_INDEX;
    if (status == GAZ_OK || !index.partial || !unreachable)
        return status == GAZ_OK ? GAZ_OK : gaz_err_set(err, status, "%s", reason.message);
    index.missing.push_back(source.name);
    if (index.missing.size() < index.sources.size())
        return GAZ_OK;
    return gaz_err_set(err, status, "%s", reason.message);
}

// Takes the newest state. The databases are opened anew, as compaction puts another in the place of one.
enum gaz_status take_state(struct gaz_index &index, struct gaz_err *err) {
    std::vector<Part> parts;
    Xapian::Database database;
    index.missing.clear();
    for (const Source &source : index.sources) {
        enum gaz_status status = open_part(index, source, parts, err);
        if (status != GAZ_OK)
            return status;
    }
    for (const Part &part : parts)
        database.add_database(part.database);
    index.masked = find_masked(database);
    index.parts = parts;
    index.database = database;
    index.recent.fill({});
    return GAZ_OK;
}

bool is_server(const std::string &name) {
    std::size_t cut = name.rfind(':');
    return cut != std::string::npos && cut > 0 && cut + 1 < name.size() && name.size() - cut <= 6 &&
           name.find_first_not_of("0123456789", cut + 1) == std::string::npos;
}

// What a line of the stub file STUB names, "TYPE NAME"; false when it names nothing.
bool read_line(const std::filesystem::path &stub, const std::string &line, Source &out) {
    std::size_t cut = line.find(' ');
    if (cut == std::string::npos || cut + 1 == line.size())
        return false;
    std::string type = line.substr(0, cut), name = line.substr(cut + 1);
    if (type != "remote") {
        out = {Source::FOLDER, (stub.parent_path() / name).string()};
        return type == "auto" || type == "glass";
    }
    bool is_program = name[0] == ':' && name.size() > 1;
    out = is_program ? Source{Source::PROGRAM, name.substr(1)} : Source{Source::SERVER, name};
    return is_program || is_server(name);
}

// Adds what NAME stands for: a folder, or the lines of a stub file, which may lie in the folder.
enum gaz_status add_sources(struct gaz_index &index, const char *name, struct gaz_err *err) {
    std::filesystem::path stub_in = std::filesystem::path(name) / "XAPIANDB";
    if (std::filesystem::is_regular_file(stub_in))
        return add_sources(index, stub_in.c_str(), err);
    if (!std::filesystem::is_regular_file(name)) {
        index.sources.push_back({Source::FOLDER, name});
        return GAZ_OK;
    }
    std::ifstream stub(name);
    std::size_t number = 0, before = index.sources.size();
    for (std::string line; std::getline(stub, line);) {
        Source source;
        number++;
        if (line.empty() || line[0] == '#')
            continue;
        if (!read_line(name, line, source))
            return gaz_err_set(err, GAZ_ERR_NO_INDEX,
                               "%s:%zu: neither an index nor a line of a stub file: name the folder of an "
                               "index, or write \"auto FOLDER\" or \"remote HOST:PORT\"",
                               name, number);
        index.sources.push_back(source);
    }
    if (index.sources.size() > before)
        return GAZ_OK;
    return gaz_err_set(err, GAZ_ERR_NO_INDEX, "%s: the stub file names no index: name one in each line",
                       name);
}

enum gaz_status open_index(const char *const *dirs, size_t dir_count, bool partial, struct gaz_index **out,
                           struct gaz_err *err) noexcept {
    if (dir_count == 0)
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "no index is named: name at least one");
    std::unique_ptr<struct gaz_index> index;
    enum gaz_status status = guard(dirs[0], err, [&] {
        index = std::make_unique<struct gaz_index>(dirs[0]);
        index->partial = partial;
        return GAZ_OK;
    });
    for (size_t i = 0; i < dir_count && status == GAZ_OK; i++)
        status = guard(dirs[i], err, [&] { return add_sources(*index, dirs[i], err); });
    if (status == GAZ_OK)
        status = guard(dirs[0], err, [&] { return take_state(*index, err); });
    if (status == GAZ_OK)
        *out = index.release();
    return status;
}

// The part that has a bundle, whose number is then the one it has there. Xapian numbers the documents of
// several databases in turn.
const Part &part_with(const struct gaz_index &index, Xapian::docid &bundle) {
    std::size_t count = index.parts.size(), at = (bundle - 1) % count;
    bundle = static_cast<Xapian::docid>((bundle - 1) / count + 1);
    return index.parts[at];
}

// --- bundles ---

std::string read_data(const struct gaz_index &index, char kind, Xapian::docid bundle) {
    const Part &part = part_with(index, bundle);
    std::string data = part.database.get_metadata(key_of(kind, bundle));
    if (!data.empty())
        return data;
    throw Xapian::DocNotFoundError("bundle " + std::to_string(bundle) + " not found", part.name);
}

std::shared_ptr<struct gaz_bundle> read_bundle(struct gaz_index &index, Xapian::docid number,
                                               struct gaz_err *err) {
    Recent &recent = index.recent[number % index.recent.size()];
    if (recent.number == number)
        return recent.bundle;
    std::string data = read_data(index, BUNDLE, number);
    struct gaz_bundle *bundle = nullptr;
    enum gaz_status status = gaz_bundle_open(data.data(), data.size(), &bundle, err);
    if (status != GAZ_OK)
        throw Failed{status};
    recent.bundle = std::shared_ptr<struct gaz_bundle>(bundle, FreeBundle());
    recent.number = number;
    return recent.bundle;
}

// A bundle that is read when it is wanted.
class LazyBundle {
  public:
    LazyBundle(struct gaz_index &index, Xapian::docid number, struct gaz_err *err)
        : index_(index), number_(number), err_(err) {
    }
    struct gaz_bundle *get() {
        if (!bundle_)
            bundle_ = read_bundle(index_, number_, err_);
        return bundle_.get();
    }

  private:
    struct gaz_index &index_;
    Xapian::docid number_;
    struct gaz_err *err_;
    std::shared_ptr<struct gaz_bundle> bundle_;
};

// The bundle of a docid, and where in it the document is.
std::shared_ptr<struct gaz_bundle> find_document(struct gaz_index &index, uint32_t docid, std::size_t *at,
                                                 struct gaz_err *err) {
    Xapian::docid number = docid >> BUNDLE_SHIFT;
    if (number == 0)
        throw Xapian::InvalidArgumentError("no docid is that low");
    *at = docid & (GAZ_BUNDLE_MAX - 1);
    std::shared_ptr<struct gaz_bundle> bundle;
    if (!is_masked(index, number))
        bundle = read_bundle(index, number, err);
    if (!bundle || *at >= gaz_bundle_count(bundle.get()))
        throw Xapian::DocNotFoundError("document " + std::to_string(docid) + " not found");
    return bundle;
}

struct gaz_index_bytes part_of(struct gaz_bundle *bundle, std::size_t at, enum gaz_bundle_part part,
                               struct gaz_err *err) {
    struct gaz_index_bytes bytes;
    enum gaz_status status = gaz_bundle_data(bundle, at, part, &bytes, err);
    if (status != GAZ_OK)
        throw Failed{status};
    return bytes;
}

// --- frequencies ---

std::string mark_of(const std::string &term) {
    char mark[GAZ_BUNDLE_MARK_SIZE];
    gaz_bundle_mark(bytes_of(term), mark);
    return std::string(mark, sizeof mark);
}

std::size_t size_of(const struct gaz_bundle_set &set) {
    std::size_t size = 0;
    for (uint64_t bits : set.bits)
        size += static_cast<std::size_t>(__builtin_popcountll(bits));
    return size;
}

// How many documents carry a term that may be rare.
uint32_t rare_frequency(struct gaz_index &index, const std::string &term, struct gaz_err *err) {
    std::string mark = mark_of(term);
    std::size_t frequency = 0;
    Xapian::PostingIterator end = index.database.postlist_end(mark);
    for (Xapian::PostingIterator at = index.database.postlist_begin(mark); at != end; ++at) {
        struct gaz_bundle_set set;
        if (!is_masked(index, *at) &&
            gaz_bundle_find(read_bundle(index, *at, err).get(), bytes_of(term), &set))
            frequency += size_of(set);
    }
    return static_cast<uint32_t>(frequency);
}

// How many documents carry a term that is not rare, of a loose one how many bundles.
uint32_t posted_frequency(const struct gaz_index &index, const std::string &term) {
    Xapian::termcount frequency = index.database.get_collection_freq(term);
    if (frequency == 0 || index.masked.empty())
        return frequency;
    Xapian::PostingIterator postings = index.database.postlist_begin(term);
    Xapian::PostingIterator end = index.database.postlist_end(term);
    for (Xapian::docid bundle : index.masked) {
        postings.skip_to(bundle);
        if (postings == end)
            break;
        if (*postings == bundle)
            frequency -= postings.get_wdf();
    }
    return frequency;
}

// --- writing ---

// Terms are stored in keys in which a zero byte takes two.
std::size_t stored_length(struct gaz_index_bytes term) {
    return term.len + static_cast<std::size_t>(std::count(term.data, term.data + term.len, '\0'));
}

enum gaz_status check_term(const char *place, struct gaz_index_bytes term, struct gaz_err *err) {
    if (term.len == 0)
        return gaz_err_set(err, GAZ_ERR_ARGUMENT, "%s: a term or key is empty: give it at least one byte",
                           place);
    if (stored_length(term) > GAZ_INDEX_TERM_MAX)
        return gaz_err_set(
            err, GAZ_ERR_LIMIT, "%s: the term or key \"%.*s\" takes %zu bytes: at most %d are allowed", place,
            static_cast<int>(term.len), term.data, stored_length(term), int{GAZ_INDEX_TERM_MAX});
    return GAZ_OK;
}

enum gaz_status check_terms(const char *place, const struct gaz_index_document &document,
                            struct gaz_err *err) {
    for (std::size_t i = 0; i < document.term_count; i++) {
        enum gaz_status status = check_term(place, document.terms[i].term, err);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

enum gaz_status check_owner(const char *place, struct gaz_index_bytes owner, struct gaz_err *err) {
    if (owner.len > 0 && stored_length(owner) <= GAZ_INDEX_OWNER_MAX)
        return GAZ_OK;
    return gaz_err_set(err, owner.len > 0 ? GAZ_ERR_LIMIT : GAZ_ERR_ARGUMENT,
                       "%s: the name \"%.*s\" takes %zu bytes: 1 to %d are allowed", place,
                       static_cast<int>(owner.len), owner.data, stored_length(owner),
                       int{GAZ_INDEX_OWNER_MAX});
}

// The generation of OWNER, looked up once.
unsigned &generation_of(struct gaz_index_writer &writer, const std::string &owner) {
    auto known = writer.generations.find(owner);
    if (known == writer.generations.end())
        known = writer.generations.emplace(owner, find_generation(writer.database, owner)).first;
    return known->second;
}

// --- digests ---
//
// Of each document of the back end there is in the metadata what it was when it was written: a hash of its
// sheet and data, and the sum of its terms, which is found again by going through all of them in any order.
constexpr std::size_t HASH_KEPT = 16; // bytes of the SHA-256
constexpr std::size_t DIGEST_SIZE = HASH_KEPT + sizeof(uint64_t);

// FNV-1a, then the finalizer of MurmurHash3: what it gives can be added up.
uint64_t number_of(const std::string &bytes, uint64_t number) {
    uint64_t hash = UINT64_C(14695981039346656037) ^ number * UINT64_C(0x9E3779B97F4A7C15);
    for (char byte : bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * UINT64_C(1099511628211);
    hash = (hash ^ hash >> 33) * UINT64_C(0xFF51AFD7ED558CCD);
    hash = (hash ^ hash >> 33) * UINT64_C(0xC4CEB9FE1A85EC53);
    return hash ^ hash >> 33;
}

uint64_t number_of_term(const std::string &term, Xapian::termcount count) {
    return number_of(term, count);
}

std::string hash_of(const std::string &data) {
    struct gaz_hash hash;
    uint8_t digest[GAZ_HASH_SIZE];
    gaz_hash_begin(&hash);
    gaz_hash_add(&hash, data.data(), data.size());
    gaz_hash_end_bytes(&hash, digest);
    return std::string(digest, digest + HASH_KEPT);
}

// The digest of DOCUMENT, which has DATA.
std::string digest_of(const Xapian::Document &document, const std::string &data) {
    uint64_t sum = 0;
    for (Xapian::TermIterator at = document.termlist_begin(); at != document.termlist_end(); ++at)
        sum += number_of_term(*at, at.get_wdf());
    std::string digest = hash_of(data);
    for (unsigned shift = 0; shift < 64; shift += 8)
        digest += static_cast<char>(sum >> shift & 0xFF);
    return digest;
}

// Adds DOCUMENT, which has DATA, and its digest.
Xapian::docid add_sealed(struct gaz_index_writer &writer, const Xapian::Document &document,
                         const std::string &data) {
    Xapian::docid added = writer.database.add_document(document);
    writer.database.set_metadata(key_of(DIGEST, added), digest_of(document, data));
    return added;
}

// The sum in a digest.
uint64_t sum_in(const std::string &digest) {
    uint64_t sum = 0;
    for (std::size_t i = digest.size(); i > HASH_KEPT; i--)
        sum = sum << 8 | static_cast<unsigned char>(digest[i - 1]);
    return sum;
}

Xapian::Document make_document(const struct gaz_index_document &document, const std::string &owned) {
    Xapian::Document made;

    made.add_boolean_term(OWNED + owned);
    for (std::size_t i = 0; i < document.term_count; i++)
        made.add_term(string_of(document.terms[i].term), std::max<uint32_t>(document.terms[i].count, 1));
    return made;
}

// Closing a Xapian database commits what is pending, unless a transaction is open, which it cancels: so all
// changes happen in one.
void begin_batch(struct gaz_index_writer &writer) {
    if (writer.in_batch)
        return;
    writer.database.begin_transaction(true);
    writer.in_batch = true;
    if (!writer.has_format)
        writer.database.set_metadata(FORMAT_KEY, std::to_string(int{GAZ_INDEX_FORMAT}));
    writer.has_format = true; // or the writer is of no use any more
}

enum gaz_status refuse(const struct gaz_index_writer &writer, struct gaz_err *err) noexcept {
    return gaz_err_set(err, writer.failure, "%s: an earlier change failed: open the index again and repeat",
                       writer.place.c_str());
}

// Runs the change BODY. Xapian discards the whole batch when a change fails, so the writer is of no use after
// that.
template <typename Body>
enum gaz_status change(struct gaz_index_writer &writer, struct gaz_err *err, Body body) noexcept {
    if (writer.failure != GAZ_OK)
        return refuse(writer, err);
    return writer.failure = guard(writer.place.c_str(), err, [&] {
               begin_batch(writer);
               body();
               return GAZ_OK;
           });
}

// Drops the data of the bundles with a term.
void drop_data(struct gaz_index_writer &writer, const std::string &term) {
    Xapian::PostingIterator end = writer.database.postlist_end(term);
    for (Xapian::PostingIterator at = writer.database.postlist_begin(term); at != end; ++at) {
        writer.database.set_metadata(key_of(SHEET, *at), "");
        writer.database.set_metadata(key_of(BUNDLE, *at), "");
    }
}

enum gaz_status open_writer(const char *dir, bool replicable, struct gaz_index_writer **out,
                            struct gaz_err *err) noexcept {
    return guard(dir, err, [&] {
        auto writer = std::make_unique<struct gaz_index_writer>(dir, replicable);
        enum gaz_status status = check_format(writer->database, dir, err);
        writer->has_format = !writer->database.get_metadata(FORMAT_KEY).empty();
        if (status == GAZ_OK)
            *out = writer.release();
        return status;
    });
}

// Opens an unflushed transaction where there is none: cancelling it drops what a failed commit has left
// behind.
void cancel_batch(struct gaz_index_writer &writer) {
    if (!writer.in_batch)
        writer.database.begin_transaction(false);
    writer.database.cancel_transaction();
}

// --- reading ---

// Runs the read BODY. When the index has been changed under it, takes the newest state and runs BODY once
// more, unless *VISITED says that something has been handed out by then, or an enclosing walk stands on the
// old state.
template <typename Body>
enum gaz_status read(struct gaz_index &index, struct gaz_err *err, const bool *visited, Body body) noexcept {
    return guard(index.place.c_str(), err, [&] {
        try {
            return body();
        } catch (const Xapian::DatabaseModifiedError &) {
            if (index.walks > 0 || (visited && *visited))
                throw;
            enum gaz_status status = take_state(index, err);
            return status == GAZ_OK ? body() : status;
        }
    });
}

// Marks that a walk is going on while it lives.
class Walk {
  public:
    explicit Walk(struct gaz_index &index) : index_(index) {
        index_.walks++;
    }
    ~Walk() {
        index_.walks--;
    }
    Walk(const Walk &) = delete;
    Walk &operator=(const Walk &) = delete;

  private:
    struct gaz_index &index_;
};

void copy_out(struct gaz_index_bytes bytes, char **out, std::size_t *len) {
    *out = gaz_strndup(bytes.data, bytes.len);
    if (!*out)
        throw std::bad_alloc();
    *len = bytes.len;
}

bool begins_with(struct gaz_index_bytes term, struct gaz_index_bytes prefix) noexcept {
    return term.len >= prefix.len &&
           (prefix.len == 0 || std::memcmp(term.data, prefix.data, prefix.len) == 0);
}

// --- query ---

const struct gaz_index_query &child_of(const struct gaz_index_query &query, std::size_t at) {
    if (at >= query.child_count)
        throw Xapian::InvalidArgumentError("a query node lacks a child");
    return *query.children[at];
}

std::string term_of(const struct gaz_index_query &query) {
    if (query.term.len == 0)
        throw Xapian::InvalidArgumentError("a query term is empty");
    return string_of(query.term);
}

// --- sets ---

using Set = struct gaz_bundle_set;

bool has(const Set &set, std::size_t at) {
    return set.bits[at / 64] >> (at % 64) & 1;
}

// All documents that a bundle can have.
Set everything() {
    Set set;
    for (uint64_t &bits : set.bits)
        bits = ~UINT64_C(0);
    return set;
}

template <typename Combine> Set combine(const Set &one, const Set &other, Combine combine_words) {
    Set set = {};
    for (std::size_t i = 0; i < std::size(set.bits); i++)
        set.bits[i] = combine_words(one.bits[i], other.bits[i]);
    return set;
}

Set both(const Set &one, const Set &other) {
    return combine(one, other, [](uint64_t a, uint64_t b) { return a & b; });
}

Set either(const Set &one, const Set &other) {
    return combine(one, other, [](uint64_t a, uint64_t b) { return a | b; });
}

Set without(const Set &one, const Set &other) {
    return combine(one, other, [](uint64_t a, uint64_t b) { return a & ~b; });
}

// --- streams ---

// Matching bundles in ascending order, and in each the documents that match. Xapian's own matcher goes
// through several databases one after the other and collects all matches before it gives the first; these
// streams are as fast, merge, and take constant memory.
class Stream : public Allocated {
  public:
    static constexpr Xapian::docid END = std::numeric_limits<Xapian::docid>::max();

    virtual ~Stream() = default;
    // Moves to the first bundle at or after TARGET that may have a match, never backwards, and returns it;
    // END when there is none.
    virtual Xapian::docid seek(Xapian::docid target) = 0;
    // The matches in BUNDLE, whose number AT is no lower than that of any seek or call before: those that are
    // certain, or all that may be. Some may be past the end of the bundle.
    virtual Set matches(Xapian::docid at, LazyBundle &bundle, bool certain) = 0;
    // About how many bundles there are.
    virtual double estimate() const = 0;
};

using Streams = std::vector<std::unique_ptr<Stream>>;

// The documents of one term; when no bundle is posted under it, it may be a rare one and goes by its mark.
// Opened by the first seek: where a rarer term ends the search, that never comes.
class TermStream : public Stream {
  public:
    TermStream(const Xapian::Database &database, const std::string &term)
        : database_(database), term_(term), posted_(term), estimate_(database.get_termfreq(term)) {
        if (estimate_ > 0)
            return;
        posted_ = mark_of(term);
        estimate_ = database.get_termfreq(posted_);
    }
    Xapian::docid seek(Xapian::docid target) override {
        if (estimate_ == 0)
            return END;
        if (!is_open_) {
            postings_ = database_.postlist_begin(posted_);
            is_open_ = true;
        }
        postings_.skip_to(target);
        return postings_ == Xapian::PostingIterator() ? END : *postings_;
    }
    Set matches(Xapian::docid at, LazyBundle &bundle, bool certain) override {
        Set set = {};
        bool may_be_loose = !certain && posted_ == term_;
        if (seek(at) != at || gaz_bundle_find(bundle.get(), bytes_of(term_), &set) || !may_be_loose)
            return set;
        return everything();
    }
    double estimate() const override {
        return estimate_;
    }

  private:
    const Xapian::Database &database_;
    std::string term_;
    std::string posted_; // the term or its mark
    Xapian::doccount estimate_;
    Xapian::PostingIterator postings_;
    bool is_open_ = false;
};

// All documents of the bundles with a loose term.
class LooseStream : public TermStream {
  public:
    using TermStream::TermStream;
    Set matches(Xapian::docid at, LazyBundle &, bool certain) override {
        return certain || seek(at) != at ? Set{} : everything();
    }
};

// All documents.
class EveryStream : public TermStream {
  public:
    explicit EveryStream(const Xapian::Database &database) : TermStream(database, GAZ_BUNDLE_EVERY) {
    }
    Set matches(Xapian::docid, LazyBundle &, bool) override {
        return everything();
    }
};

bool is_rarer(const std::unique_ptr<Stream> &one, const std::unique_ptr<Stream> &other) {
    return one->estimate() < other->estimate();
}

// What is in all of one or more streams. The rarest leads, and each of the others may push it on.
class AndStream : public Stream {
  public:
    explicit AndStream(Streams streams) : streams_(std::move(streams)) {
        std::sort(streams_.begin(), streams_.end(), is_rarer);
    }
    Xapian::docid seek(Xapian::docid target) override {
        std::size_t agreeing = 0;
        while (agreeing < streams_.size()) {
            Xapian::docid found = streams_[agreeing]->seek(target);
            if (found == END)
                return END;
            if (agreeing == 0 || found == target)
                agreeing++;
            else
                agreeing = 0;
            target = found;
        }
        return target;
    }
    Set matches(Xapian::docid at, LazyBundle &bundle, bool certain) override {
        Set set = everything();
        for (const auto &stream : streams_)
            set = both(set, stream->matches(at, bundle, certain));
        return set;
    }
    double estimate() const override {
        return streams_.front()->estimate();
    }

  private:
    Streams streams_;
};

// What is in any of the streams.
class OrStream : public Stream {
  public:
    explicit OrStream(Streams streams) : streams_(std::move(streams)) {
        for (const auto &stream : streams_) {
            heads_.push({0, stream.get()});
            estimate_ += stream->estimate();
        }
    }
    Xapian::docid seek(Xapian::docid target) override {
        while (!heads_.empty() && heads_.top().at < target) {
            Head head = heads_.top();
            heads_.pop();
            head.at = head.stream->seek(target);
            if (head.at != END)
                heads_.push(head);
        }
        return heads_.empty() ? END : heads_.top().at;
    }
    // Asks only the streams that have the bundle: there may be thousands of others.
    Set matches(Xapian::docid at, LazyBundle &bundle, bool certain) override {
        Set set = {};
        std::vector<Head> here;
        seek(at);
        for (; !heads_.empty() && heads_.top().at == at; heads_.pop())
            here.push_back(heads_.top());
        for (const Head &head : here) {
            set = either(set, head.stream->matches(at, bundle, certain));
            heads_.push(head);
        }
        return set;
    }
    double estimate() const override {
        return estimate_;
    }

  private:
    struct Head {
        Xapian::docid at;
        Stream *stream;
        bool operator<(const Head &other) const { // the queue gives the greatest first
            return at > other.at;
        }
    };
    Streams streams_;
    std::priority_queue<Head> heads_;
    double estimate_ = 0;
};

// What is in one stream and not in the other. A bundle with something unwanted may have something wanted,
// too.
class ExceptStream : public Stream {
  public:
    ExceptStream(std::unique_ptr<Stream> wanted, std::unique_ptr<Stream> unwanted)
        : wanted_(std::move(wanted)), unwanted_(std::move(unwanted)) {
    }
    Xapian::docid seek(Xapian::docid target) override {
        return wanted_->seek(target);
    }
    Set matches(Xapian::docid at, LazyBundle &bundle, bool certain) override {
        return without(wanted_->matches(at, bundle, certain), unwanted_->matches(at, bundle, !certain));
    }
    double estimate() const override {
        return wanted_->estimate();
    }

  private:
    std::unique_ptr<Stream> wanted_;
    std::unique_ptr<Stream> unwanted_;
};

// The terms that begin with PREFIX and are not below LOW nor, unless it is empty, above HIGH.
std::vector<std::string> list_terms(const Xapian::Database &database, const std::string &prefix,
                                    const std::string &low, const std::string &high) {
    std::vector<std::string> terms;
    Xapian::TermIterator end = database.allterms_end(prefix);
    Xapian::TermIterator at = database.allterms_begin(prefix);
    for (at.skip_to(low); at != end && (high.empty() || *at <= high); ++at)
        terms.push_back(*at);
    return terms;
}

template <typename Kind>
Streams make_streams(const Xapian::Database &database, const std::vector<std::string> &terms) {
    Streams streams;
    for (const std::string &term : terms)
        streams.push_back(std::make_unique<Kind>(database, term));
    return streams;
}

// The documents whose value of a slot lies between two strings: of the bundles that are posted in the range.
class RangeStream : public OrStream {
  public:
    RangeStream(const Xapian::Database &database, const struct gaz_index_query &query)
        : OrStream(make_streams<LooseStream>(database, list_range(database, query))), slot_(query.slot),
          low_(string_of(query.term)), high_(string_of(query.term2)) {
    }
    Set matches(Xapian::docid at, LazyBundle &bundle, bool) override {
        Set set = {};
        if (seek(at) != at)
            return set;
        for (std::size_t i = 0; i < gaz_bundle_count(bundle.get()); i++) {
            std::string value = string_of(gaz_bundle_value(bundle.get(), i, slot_));
            if (!value.empty() && value >= low_ && (high_.empty() || value <= high_))
                set.bits[i / 64] |= UINT64_C(1) << (i % 64);
        }
        return set;
    }

  private:
    static std::string range_term(const struct gaz_index_query &query, struct gaz_index_bytes value) {
        char bytes[GAZ_BUNDLE_RANGE_SIZE];
        return string_of(gaz_bundle_range(query.slot, value, bytes));
    }
    static std::vector<std::string> list_range(const Xapian::Database &database,
                                               const struct gaz_index_query &query) {
        return list_terms(database, range_term(query, {"", 0}), range_term(query, query.term),
                          query.term2.len ? range_term(query, query.term2) : std::string());
    }
    uint32_t slot_;
    std::string low_;
    std::string high_;
};

std::unique_ptr<Stream> make_stream(const Xapian::Database &database, const struct gaz_index_query &query);

Streams make_children(const Xapian::Database &database, const struct gaz_index_query &query,
                      std::size_t first) {
    Streams streams;
    for (std::size_t i = first; i < query.child_count; i++)
        streams.push_back(make_stream(database, child_of(query, i)));
    return streams;
}

std::unique_ptr<Stream> make_union(Streams streams) {
    return std::make_unique<OrStream>(std::move(streams));
}

std::unique_ptr<Stream> make_intersection(Streams streams) {
    if (streams.empty())
        return make_union({});
    return std::make_unique<AndStream>(std::move(streams));
}

// Where many terms begin with a prefix, nearly every bundle has one of them, and to merge their postings
// would take longer than to look at all.
std::unique_ptr<Stream> make_prefix(const Xapian::Database &database, const std::string &prefix) {
    constexpr std::size_t MANY = 64;
    std::vector<std::string> terms = list_terms(database, prefix, prefix, "");
    if (terms.size() > MANY)
        return std::make_unique<EveryStream>(database);
    return make_union(make_streams<LooseStream>(database, terms));
}

std::unique_ptr<Stream> make_stream(const Xapian::Database &database, const struct gaz_index_query &query) {
    switch (query.op) {
    case GAZ_INDEX_NOTHING:
        return make_union({});
    case GAZ_INDEX_ALL:
        return std::make_unique<EveryStream>(database);
    case GAZ_INDEX_TERM:
        return std::make_unique<TermStream>(database, term_of(query));
    case GAZ_INDEX_LOOSE:
        return std::make_unique<LooseStream>(database, term_of(query));
    case GAZ_INDEX_PREFIX:
        return make_prefix(database, term_of(query));
    case GAZ_INDEX_AND:
        return make_intersection(make_children(database, query, 0));
    case GAZ_INDEX_OR:
        return make_union(make_children(database, query, 0));
    case GAZ_INDEX_AND_NOT:
        return std::make_unique<ExceptStream>(make_stream(database, child_of(query, 0)),
                                              make_union(make_children(database, query, 1)));
    case GAZ_INDEX_RANGE:
        return std::make_unique<RangeStream>(database, query);
    }
    throw Xapian::InvalidArgumentError("a query node has an unknown operator");
}

bool is_empty(const Set &set) {
    uint64_t any = 0;
    for (uint64_t bits : set.bits)
        any |= bits;
    return any == 0;
}

// Visits the first COUNT documents of a bundle that are in SET; false when VISIT ends the walk.
bool visit_set(Xapian::docid bundle, std::size_t count, const Set &set, gaz_index_visit_match *visit,
               void *context) {
    for (std::size_t i = 0; i < count; i++)
        if (has(set, i) && visit(context, docid_of(bundle, i)) != 0)
            return false;
    return true;
}

// Calls VISIT with each bundle that may have matches of QUERY, in ascending order, and these; until it
// returns false.
template <typename Visit>
void each_match(struct gaz_index &index, const struct gaz_index_query &query, struct gaz_err *err,
                Visit visit) {
    Walk walk(index);
    auto stream = make_stream(index.database, query);
    Xapian::docid at = stream->seek(1);
    for (; at != Stream::END; at = stream->seek(at + 1)) {
        if (is_masked(index, at))
            continue;
        LazyBundle bundle(index, at, err);
        Set set = stream->matches(at, bundle, false);
        if (!is_empty(set) && !visit(at, bundle, set))
            break;
    }
}

// --- care ---

// Has the names in FOLDER outlive a loss of power. Not every file system can; then it is as good as it can
// be.
void sync_folder(const std::string &folder) {
    int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

// Runs BODY, which fills the new folder DEST, and leaves nothing behind when it fails.
template <typename Body> void fill_new_folder(const std::string &dest, Body body) {
    try {
        body();
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove_all(dest, ignored);
        throw;
    }
}

[[noreturn]] void report_damage(const std::string &what) {
    throw Xapian::DatabaseCorruptError(what);
}

// Of each document the sum that its digest names; what is found of its terms is taken off.
using Sums = std::vector<uint64_t>;

uint64_t &sum_of(Sums &sums, Xapian::docid document) {
    if (document >= sums.size())
        report_damage("something is said of bundle " + std::to_string(document) + ", which there is not");
    return sums[document];
}

// Checks all data against the digests, which it gathers. Those of what has been removed are gone.
Sums check_data(const Xapian::Database &database) {
    Sums sums(std::size_t{database.get_lastdocid()} + 1);
    std::vector<Xapian::docid> masked = find_masked(database);
    Xapian::PostingIterator all_end = database.postlist_end("");
    for (Xapian::PostingIterator at = database.postlist_begin(""); at != all_end; ++at) {
        std::string stored = database.get_metadata(key_of(DIGEST, *at));
        std::string data =
            database.get_metadata(key_of(SHEET, *at)) + database.get_metadata(key_of(BUNDLE, *at));
        bool is_removed = data.empty() && std::binary_search(masked.begin(), masked.end(), *at);
        if (stored.size() != DIGEST_SIZE || (!is_removed && stored.compare(0, HASH_KEPT, hash_of(data)) != 0))
            report_damage("the data of bundle " + std::to_string(*at) + " are not what was written");
        sum_of(sums, *at) = sum_in(stored);
    }
    return sums;
}

// Compacts SOURCE into the new folder DEST. Xapian takes a table that it cannot open for one that is empty,
// so the copy is checked.
void copy_compacted(Xapian::Database source, const std::string &dest) {
    source.compact(dest, Xapian::DBCOMPACT_NO_RENUMBER);
    Xapian::Database copy(dest);
    if (copy.get_doccount() != source.get_doccount())
        report_damage("a compacted copy lacks something");
    check_data(copy);
}

void check_term_postings(const Xapian::Database &database, const std::string &term, Sums &sums) {
    Xapian::doccount documents = 0;
    Xapian::termcount count = 0;
    Xapian::PostingIterator end = database.postlist_end(term);
    for (Xapian::PostingIterator at = database.postlist_begin(term); at != end; ++at) {
        sum_of(sums, *at) -= number_of_term(term, at.get_wdf());
        documents++;
        count += at.get_wdf();
    }
    if (documents != database.get_termfreq(term) || count != database.get_collection_freq(term))
        report_damage("a term counts its bundles wrongly");
}

// Checks all terms against the sums.
void check_postings(const Xapian::Database &database, Sums sums) {
    Xapian::TermIterator end = database.allterms_end();
    for (Xapian::TermIterator at = database.allterms_begin(); at != end; ++at)
        check_term_postings(database, *at, sums);
    for (Xapian::docid document = 0; document < sums.size(); document++)
        if (sums[document] != 0)
            report_damage("the terms of bundle " + std::to_string(document) + " are not what was written");
}

// Xapian's own check.
enum gaz_status check_structure(const char *dir, struct gaz_err *err) {
    std::ostringstream log;
    size_t errors = Xapian::Database::check(dir, 0, &log);
    if (errors == 0)
        return GAZ_OK;
    std::string text = log.str();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return gaz_err_set(err, GAZ_ERR_CORRUPT, "%s: %zu errors in the index: rebuild it: %s", dir, errors,
                       text.c_str());
}

} // namespace

extern "C" {

enum gaz_status gaz_index_writer_open(const char *dir, struct gaz_index_writer **out,
                                      struct gaz_err *err) noexcept {
    return open_writer(dir, false, out, err);
}

enum gaz_status gaz_index_writer_open_replicable(const char *dir, struct gaz_index_writer **out,
                                                 struct gaz_err *err) noexcept {
    return open_writer(dir, true, out, err);
}

enum gaz_status gaz_index_writer_add(struct gaz_index_writer *writer, struct gaz_index_bytes owner,
                                     const struct gaz_index_document *bundle, uint32_t *docid,
                                     struct gaz_err *err) noexcept {
    enum gaz_status status = check_owner(writer->place.c_str(), owner, err);
    if (status == GAZ_OK)
        status = check_terms(writer->place.c_str(), *bundle, err);
    if (status == GAZ_OK && writer->database.get_lastdocid() >= BUNDLES_MAX)
        status = gaz_err_set(err, GAZ_ERR_LIMIT, "%s: the index is full: begin another one",
                             writer->place.c_str());
    if (status != GAZ_OK)
        return status;
    return change(*writer, err, [&] {
        std::string owned = owned_by(string_of(owner), generation_of(*writer, string_of(owner)));
        std::string data = string_of(bundle->sheet) + string_of(bundle->data);
        Xapian::docid added = add_sealed(*writer, make_document(*bundle, owned), data);
        writer->database.set_metadata(key_of(SHEET, added), string_of(bundle->sheet));
        writer->database.set_metadata(key_of(BUNDLE, added), string_of(bundle->data));
        if (docid)
            *docid = docid_of(added, 0);
    });
}

enum gaz_status gaz_index_writer_remove(struct gaz_index_writer *writer, struct gaz_index_bytes owner,
                                        struct gaz_err *err) noexcept {
    enum gaz_status status = check_owner(writer->place.c_str(), owner, err);
    if (status != GAZ_OK)
        return status;
    return change(*writer, err, [&] {
        unsigned &generation = generation_of(*writer, string_of(owner));
        std::string owned = owned_by(string_of(owner), generation);
        if (!writer->database.term_exists(OWNED + owned))
            return;
        drop_data(*writer, OWNED + owned);
        Xapian::Document grave;
        grave.add_boolean_term(GRAVE + owned);
        add_sealed(*writer, grave, "");
        generation++;
    });
}

enum gaz_status gaz_index_writer_set_metadata(struct gaz_index_writer *writer, const char *key,
                                              struct gaz_index_bytes value, struct gaz_err *err) noexcept {
    enum gaz_status status =
        check_term(writer->place.c_str(), {key, std::char_traits<char>::length(key)}, err);
    if (status != GAZ_OK)
        return status;
    return change(*writer, err, [&] { writer->database.set_metadata(key, string_of(value)); });
}

enum gaz_status gaz_index_writer_commit(struct gaz_index_writer *writer, struct gaz_err *err) noexcept {
    return change(*writer, err, [&] {
        writer->in_batch = false;
        writer->database.commit_transaction();
        sync_folder(writer->place);
    });
}

uint64_t gaz_index_writer_size(struct gaz_index_writer *writer) noexcept {
    uint64_t size = 0;
    guard(writer->place.c_str(), nullptr, [&] {
        for (const auto &entry : std::filesystem::directory_iterator(writer->place))
            size += entry.is_regular_file() ? entry.file_size() : 0;
        return GAZ_OK;
    });
    return size;
}

enum gaz_status gaz_index_writer_compact(struct gaz_index_writer *writer, struct gaz_err *err) noexcept {
    if (writer->failure != GAZ_OK)
        return refuse(*writer, err);
    writer->failure = GAZ_ERR_ARGUMENT; // it stands on the old index
    return guard(writer->place.c_str(), err, [&] {
        std::string place = std::filesystem::canonical(writer->place);
        std::string fresh = place + ".compacted";
        std::filesystem::remove_all(fresh); // what a run that was killed has left
        fill_new_folder(fresh, [&] {
            copy_compacted(Xapian::Database(place), fresh);
            sync_folder(fresh);
            if (renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) != 0)
                throw std::filesystem::filesystem_error("cannot put the compacted index in place", fresh,
                                                        std::error_code(errno, std::generic_category()));
        });
        sync_folder(std::filesystem::path(place).parent_path());
        std::filesystem::remove_all(fresh);
        return GAZ_OK;
    });
}

void gaz_index_writer_close(struct gaz_index_writer *writer) noexcept {
    if (!writer)
        return;
    guard(writer->place.c_str(), nullptr, [&] {
        cancel_batch(*writer);
        return GAZ_OK;
    });
    delete writer;
}

enum gaz_status gaz_index_open(const char *const *dirs, size_t dir_count, struct gaz_index **out,
                               struct gaz_err *err) noexcept {
    return open_index(dirs, dir_count, false, out, err);
}

enum gaz_status gaz_index_open_partial(const char *const *dirs, size_t dir_count, struct gaz_index **out,
                                       struct gaz_err *err) noexcept {
    return open_index(dirs, dir_count, true, out, err);
}

const char *gaz_index_missing(const struct gaz_index *index, size_t at) noexcept {
    return at < index->missing.size() ? index->missing[at].c_str() : nullptr;
}

void gaz_index_close(struct gaz_index *index) noexcept {
    delete index;
}

enum gaz_status gaz_index_reopen(struct gaz_index *index, struct gaz_err *err) noexcept {
    return guard(index->place.c_str(), err, [&] { return take_state(*index, err); });
}

void gaz_index_hold(struct gaz_index *index) noexcept {
    index->walks++;
}

void gaz_index_release(struct gaz_index *index) noexcept {
    index->walks--;
}

uint32_t gaz_index_count(struct gaz_index *index) noexcept {
    uint32_t count = 0;
    read(*index, nullptr, nullptr, [&] {
        count = posted_frequency(*index, GAZ_BUNDLE_EVERY);
        return GAZ_OK;
    });
    return count;
}

enum gaz_status gaz_index_metadata(struct gaz_index *index, const char *key, char **out, size_t *len,
                                   struct gaz_err *err) noexcept {
    return read(*index, err, nullptr, [&] {
        std::string value;
        for (std::size_t i = 0; i < index->parts.size() && value.empty(); i++)
            value = index->parts[i].database.get_metadata(key);
        copy_out(bytes_of(value), out, len);
        return GAZ_OK;
    });
}

enum gaz_status gaz_index_each_metadata(struct gaz_index *index, const char *prefix,
                                        gaz_index_visit_metadata *visit, void *context,
                                        struct gaz_err *err) noexcept {
    bool visited = false;
    return read(*index, err, &visited, [&] {
        Walk walk(*index);
        Xapian::TermIterator end = index->database.metadata_keys_end(prefix);
        for (Xapian::TermIterator at = index->database.metadata_keys_begin(prefix); at != end; ++at) {
            std::string key = *at;
            if (key[0] >= SHEET && key[0] <= DIGEST)
                continue;
            std::string value = index->database.get_metadata(key);
            visited = true;
            if (visit(context, key.c_str(), bytes_of(value)) != 0)
                break;
        }
        return GAZ_OK;
    });
}

enum gaz_status gaz_index_term_frequency(struct gaz_index *index, struct gaz_index_bytes term,
                                         uint32_t *frequency, struct gaz_err *err) noexcept {
    return read(*index, err, nullptr, [&] {
        *frequency = posted_frequency(*index, string_of(term));
        if (*frequency == 0)
            *frequency = rare_frequency(*index, string_of(term), err);
        return GAZ_OK;
    });
}

enum gaz_status gaz_index_prefix_frequency(struct gaz_index *index, struct gaz_index_bytes prefix,
                                           uint32_t *frequency, struct gaz_err *err) noexcept {
    return read(*index, err, nullptr, [&] {
        std::string begin = string_of(prefix);
        OrStream stream(
            make_streams<LooseStream>(index->database, list_terms(index->database, begin, begin, "")));
        *frequency = 0;
        for (Xapian::docid at = stream.seek(1); at != Stream::END; at = stream.seek(at + 1))
            *frequency += !is_masked(*index, at);
        return GAZ_OK;
    });
}

enum gaz_status gaz_index_terms(struct gaz_index *index, struct gaz_index_bytes prefix,
                                gaz_index_visit_term *visit, void *context, struct gaz_err *err) noexcept {
    bool visited = false;
    return read(*index, err, &visited, [&] {
        Walk walk(*index);
        std::string begin = string_of(prefix);
        Xapian::TermIterator end = index->database.allterms_end(begin);
        for (Xapian::TermIterator at = index->database.allterms_begin(begin); at != end; ++at) {
            std::string term = *at;
            uint32_t frequency = is_reserved(term) ? 0 : posted_frequency(*index, term);
            if (frequency == 0)
                continue;
            visited = true;
            if (visit(context, bytes_of(term), frequency) != 0)
                break;
        }
        return GAZ_OK;
    });
}

enum gaz_status gaz_index_get(struct gaz_index *index, uint32_t docid, struct gaz_index_stored *out,
                              struct gaz_err *err) noexcept {
    return read(*index, err, nullptr, [&] {
        std::size_t at;
        auto bundle = find_document(*index, docid, &at, err);
        struct gaz_index_bytes head = part_of(bundle.get(), at, GAZ_BUNDLE_HEAD, err);
        struct gaz_index_bytes rest = part_of(bundle.get(), at, GAZ_BUNDLE_REST, err);
        copy_out(bytes_of(string_of(head) + string_of(rest)), &out->data, &out->len);
        out->docid = docid;
        out->head = head.len;
        return GAZ_OK;
    });
}

enum gaz_status gaz_index_sheet(struct gaz_index *index, uint32_t docid, struct gaz_index_bytes *sheet,
                                size_t *at, struct gaz_err *err) noexcept {
    return read(*index, err, nullptr, [&] {
        Xapian::docid number = docid >> BUNDLE_SHIFT;
        if (number == 0)
            throw Xapian::InvalidArgumentError("no docid is that low");
        if (is_masked(*index, number))
            throw Xapian::DocNotFoundError("document " + std::to_string(docid) + " not found");
        index->sheet = read_data(*index, SHEET, number);
        *sheet = bytes_of(index->sheet);
        *at = docid & (GAZ_BUNDLE_MAX - 1);
        return GAZ_OK;
    });
}

void gaz_index_stored_free(struct gaz_index_stored *stored) noexcept {
    gaz_free(stored->data);
    *stored = {};
}

enum gaz_status gaz_index_value(struct gaz_index *index, uint32_t docid, uint32_t slot, char **out,
                                size_t *len, struct gaz_err *err) noexcept {
    return read(*index, err, nullptr, [&] {
        std::size_t at;
        auto bundle = find_document(*index, docid, &at, err);
        copy_out(gaz_bundle_value(bundle.get(), at, slot), out, len);
        return GAZ_OK;
    });
}

enum gaz_status gaz_index_document_terms(struct gaz_index *index, uint32_t docid,
                                         struct gaz_index_bytes prefix, gaz_index_visit_term *visit,
                                         void *context, struct gaz_err *err) noexcept {
    return read(*index, err, nullptr, [&] {
        std::size_t at;
        auto bundle = find_document(*index, docid, &at, err);
        Walk walk(*index);
        for (std::size_t i = 0; i < gaz_bundle_term_count(bundle.get()); i++) {
            Set set;
            struct gaz_index_bytes term = gaz_bundle_term(bundle.get(), i, &set);
            if (begins_with(term, prefix) && has(set, at) && visit(context, term, 1) != 0)
                break;
        }
        return GAZ_OK;
    });
}

enum gaz_status gaz_index_each(struct gaz_index *index, const struct gaz_index_query *query,
                               gaz_index_visit_match *visit, void *context, struct gaz_err *err) noexcept {
    bool visited = false;
    return read(*index, err, &visited, [&] {
        each_match(*index, *query, err, [&](Xapian::docid at, LazyBundle &bundle, const Set &set) {
            std::size_t count = gaz_bundle_count(bundle.get());
            visited = true;
            return visit_set(at, count, set, visit, context);
        });
        return GAZ_OK;
    });
}

enum gaz_status gaz_index_each_bundle(struct gaz_index *index, const struct gaz_index_query *query,
                                      gaz_index_visit_bundle *visit, void *context,
                                      struct gaz_err *err) noexcept {
    bool visited = false;
    return read(*index, err, &visited, [&] {
        each_match(*index, *query, err, [&](Xapian::docid at, LazyBundle &, const Set &set) {
            std::string sheet = read_data(*index, SHEET, at);
            const struct gaz_index_bundle bundle = {docid_of(at, 0), set, bytes_of(sheet)};
            visited = true;
            return visit(context, &bundle) == 0;
        });
        return GAZ_OK;
    });
}

enum gaz_status gaz_index_check(const char *dir, bool postings, struct gaz_err *err) noexcept {
    return guard(dir, err, [&] {
        enum gaz_status status = check_structure(dir, err);
        if (status != GAZ_OK)
            return status;
        Xapian::Database database(dir);
        status = check_format(database, dir, err);
        if (status == GAZ_OK) {
            Sums sums = check_data(database);
            if (postings)
                check_postings(database, std::move(sums));
        }
        return status;
    });
}

enum gaz_status gaz_index_has_terms(struct gaz_index *index, uint32_t docid, struct gaz_index_bytes owner,
                                    const struct gaz_index_document *bundle, bool *same,
                                    struct gaz_err *err) noexcept {
    return read(*index, err, nullptr, [&] {
        std::string name = string_of(owner);
        Xapian::Document made =
            make_document(*bundle, owned_by(name, find_generation(index->database, name)));
        std::string stored = read_data(*index, DIGEST, docid >> BUNDLE_SHIFT);
        *same = stored.size() == DIGEST_SIZE && sum_in(stored) == sum_in(digest_of(made, ""));
        return GAZ_OK;
    });
}

} // extern "C"
