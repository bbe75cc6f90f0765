# One machine, all of its cores. Sourced by submit.sh; sets master, deploy_mode and env_conf.
master='local[*]'
