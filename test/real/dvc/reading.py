"""What DVC reads in .dvc files, dvc.yaml and dvc.lock: many files in one process, with DVC's own loader.

Each answer is {"stages": [...]}, with paths relative to the folder of the file, or {"refused": "why"}.
"""

import os


def read_files(root, paths):
    from dvc.repo import Repo

    repo = Repo(root)
    return [read_file(repo, os.path.join(root, path)) for path in paths]


def read_file(repo, path):
    from dvc.dvcfile import load_file

    folder = os.path.dirname(path)
    try:
        stages = load_file(repo, path).stages
        return {"stages": [read_stage(stages[name], folder) for name in stages]}
    except Exception as error:  # whatever it is, the command ends with it
        return {"refused": f"{type(error).__name__}: {error}"[:300]}


def read_stage(stage, folder):
    from dvc.dependency.base import Dependency

    # Parameters, repositories and URLs are kinds of their own.
    deps = [dep for dep in stage.deps if type(dep) is Dependency and dep.protocol == "local"]
    return {
        "name": getattr(stage, "name", None) or "",
        "deps": [relative(dep, folder) for dep in deps],
        "outs": [read_output(out, folder) for out in stage.outs],
    }


def read_output(out, folder):
    if not isinstance(out.remote, (str, type(None))):
        raise TypeError("what names a remote is no text: a push ends with it")
    if out.meta.md5 and not out.hash_info:
        raise ValueError("it has an MD5 that DVC does not see")
    return {
        "path": relative(out, folder),
        "oid": out.hash_info.value if out.hash_info else None,
        "hash": out.hash_name,
        "size": out.meta.size,
        "nfiles": out.meta.nfiles,
        "isexec": bool(out.meta.isexec),
        "cache": out.use_cache,
        "push": out.can_push,
        "remote": out.remote,
    }


def relative(out, folder):
    return os.path.relpath(out.fs_path, folder).replace(os.sep, "/")
